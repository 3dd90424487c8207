"""Alongside: nobody who asks for help is left in silence."""
