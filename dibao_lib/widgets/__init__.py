"""Small controls for guided notebooks; they show and collect, and no rule lives here."""
