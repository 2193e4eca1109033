"""Raw cells -> values of a field's kind, column by column; what cannot be trusted becomes a fault, never a guess."""
