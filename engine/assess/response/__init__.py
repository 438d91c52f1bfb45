"""Response design: files to label points in, the support of a label, and what interpreters said."""
