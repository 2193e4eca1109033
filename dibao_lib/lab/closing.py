"""What happens when a page closes while the server still waits for its kernel."""

from __future__ import annotations

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import HTTPError


class Connection(ZMQChannelsWebsocketConnection):
    """A page's connection to its kernel; one that closed before it stood is dropped without a word.

    The server takes a closing page's connection away and goes on to open it, which ends in a stack trace on the
    user's terminal (jupyter_server issue 1265).
    """

    async def prepare(self) -> None:
        """Waits for the kernel.

        Raises:
            HTTPError: 404, which the log leaves out and nobody receives: the page has gone.
        """
        await super().prepare()  # type: ignore[no-untyped-call]
        if self.websocket_handler.connection is None:
            raise HTTPError(404)
