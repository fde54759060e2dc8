## Settings: what each is for, without a full stop.

coach-set-model = The language model; none is the operator's choice
coach-set-temperature = From 0, always the same, to 2, full of surprises
coach-set-drafts = Whether a model drafts replies for the staff; without it they see the nearest entries
coach-set-daily-tokens = How many tokens the model may take a day; 0 is none
coach-set-drafts-an-hour = How many drafts one of the staff may ask for in an hour
coach-set-blocked = Words, with commas between them: what a ticket has any of in it is told to no model
coach-set-distress = Whether a ticket of somebody who seems to be in need becomes pressing, and the staff is told
coach-set-help-line = What the staff reads where somebody seems to be in need, such as a help line
