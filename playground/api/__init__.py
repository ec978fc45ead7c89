"""What each Web API method does, one module per family. Handlers take the workspace and checked arguments."""
