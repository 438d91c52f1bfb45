"""Corrections: a layer beside a finished map that says where which class is to be another one."""
