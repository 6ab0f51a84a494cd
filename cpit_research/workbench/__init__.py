"""The coding workbench: one front end, a page of the browser or a cell of JupyterLab."""
