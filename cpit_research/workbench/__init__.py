"""The workbench: one desk, reached by the browser through a server or by a cell of a notebook."""
