"""How `outline` sees a plan: rows with their markers, the sections they fall into, the items inside."""
