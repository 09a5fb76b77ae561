"""The rules of the domain: a task as plain JSON of any shape in, `Problem`s out. Pure, synchronous, never raises."""
