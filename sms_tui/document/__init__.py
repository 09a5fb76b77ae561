"""The task being edited: edits with their inverse, history, diff, merge and the body to send. Pure and synchronous."""
