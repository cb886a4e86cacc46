"""Needs: the services that people ask for, and what meets or saves them."""
