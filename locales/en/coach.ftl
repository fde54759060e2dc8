## Settings: what each is for, without a full stop.

coach-set-model = The language model; none is the operator's choice
coach-set-temperature = From 0, always the same, to 2, full of surprises
