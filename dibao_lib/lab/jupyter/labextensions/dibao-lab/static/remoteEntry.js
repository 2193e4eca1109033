// Runs a trusted notebook of the workbench that asks for it, hides its code, runs it again when its kernel was replaced.
// A module-federation container written by hand: no npm, no build, nothing fetched.
(() => {
  const STYLE = `
    .dibao-page .jp-CodeCell .jp-Cell-inputWrapper, .dibao-page .jp-OutputPrompt, .dibao-page .jp-InputPrompt,
    .dibao-page .jp-OutputArea-promptOverlay, .dibao-page .jp-cell-toolbar, .dibao-page .jp-Notebook-footer,
    .dibao-page .jp-InputCollapser, .dibao-page .jp-OutputCollapser, .dibao-page .jp-cell-menu {display: none}
    .dibao-page .jp-CodeCell:not(:has(.jp-OutputArea-child)) {display: none}
    .dibao-page .jp-Notebook .jp-Cell, .dibao-page .jp-Notebook .jp-Cell.jp-mod-active
      {border: 0 !important; box-shadow: none; padding: 2px 0; max-width: 1160px; margin: 0 auto; background: none}
    .dibao-page .jp-OutputArea-output {padding-left: 0}
    .dibao-page .jp-CodeCell :is(.jp-Cell-outputWrapper, .jp-OutputArea, .jp-OutputArea-child, .jp-OutputArea-output, .jupyter-widgets)
      {overflow: visible; max-height: none}
    .dibao-page .jp-RenderedHTMLCommon {font-size: 15px; line-height: 1.6}
    .dibao-banner {position: absolute; z-index: 50; top: 34px; left: 50%; transform: translateX(-50%); max-width: 80%;
      background: #fff4e0; border: 1px solid #e0a030; border-radius: 6px; padding: 8px 18px; color: #5a3a00;
      font: 15px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; box-shadow: 0 2px 8px #0002}`;
  const element = (tag, className, text) => Object.assign(document.createElement(tag), {className, textContent: text});

  function banner(panel, text) {
    panel.node.querySelector('.dibao-banner')?.remove();
    if (text) panel.node.append(element('div', 'dibao-banner', text));
  }

  async function run(app, panel) {
    app.shell.activateById(panel.id);
    await app.commands.execute('notebook:run-all-cells');
    banner(panel, '');
  }

  // a kernel that died is replaced by itself: the page says so and fills the forms again from what was kept
  function watchKernel(app, panel) {
    let replaced = false;
    // JupyterLab's own dialog on this is in English and says less
    Object.defineProperty(panel, '_autorestarting', {get: () => true, set() {}});
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === 'autorestarting' || status === 'restarting') {
        replaced = true;
        banner(panel, '后台程序中断，正在自动重新启动。已填写的内容都在，请稍候……');
      } else if (status === 'dead') {
        banner(panel, '后台程序未能重新启动。已填写的内容都保存在本机，请关闭本页后重新打开。');
      } else if (status === 'idle' && replaced) {
        replaced = false;
        void run(app, panel);
      }
    });
  }

  async function open(app, panel) {
    await panel.context.ready;
    if (!panel.content.model.sharedModel.getMetadata('dibao')?.autorun) return;
    const code = [...panel.content.model.cells].filter(cell => cell.type === 'code');
    if (!code.every(cell => cell.trusted)) {
      banner(panel, '本页不是随软件提供的原样笔记本，未自动运行。确认来源可靠后，可点“运行”逐格运行。');
      setTimeout(() => banner(panel, ''), 15000);
      return;
    }
    panel.addClass('dibao-page');
    await panel.sessionContext.ready;
    watchKernel(app, panel);
    await run(app, panel);
  }

  const plugin = {
    id: 'dibao-lab:plugin',
    autoStart: true,
    activate: app => {
      const seen = new WeakSet();
      document.head.append(Object.assign(document.createElement('style'), {textContent: STYLE}));
      app.commands.addCommand('dibao:code', {
        label: '显示或隐藏代码',
        execute: () => app.shell.currentWidget?.toggleClass('dibao-page'),
      });
      app.commands.addKeyBinding({command: 'dibao:code', keys: ['Accel Alt K'], selector: 'body'});
      const look = () => {
        const panel = app.shell.currentWidget;
        if (!panel?.sessionContext || !panel.content?.model || seen.has(panel)) return;
        seen.add(panel);
        void open(app, panel);
      };
      app.restored.then(() => {
        app.shell.currentChanged?.connect(look);
        look();
      });
    },
  };
  const entry = {__esModule: true, default: plugin};
  (window._JUPYTERLAB ??= {})['dibao-lab'] = {init() {}, get: async () => () => entry};
})();
