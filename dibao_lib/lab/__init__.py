"""JupyterLab as inspection teams see it: Chinese, on this machine only, forms open and code out of sight."""
