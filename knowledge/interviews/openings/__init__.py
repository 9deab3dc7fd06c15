"""What could begin somebody else's words inside what stands under a label: names, marks, narration, slips."""
