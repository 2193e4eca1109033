"""表册: what townships and bureaus send, read cell by cell into immutable snapshots with every row accounted for."""
