"""The six principles, their criteria, and how a group stands."""
