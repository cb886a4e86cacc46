"""Tests speak English, whatever their machine speaks."""

import os

os.environ["LC_ALL"] = "C.UTF-8"
