"""Kota contoh: the sites of five pemda as one small web server, so that everything runs without an agency's server and without credentials.

What is a published fact says where it stands; every other figure is a sample (`figures.sample`) and means nothing.
"""
