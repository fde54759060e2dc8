## Settings: what each is for, without a full stop.

privacy-set-channel = Where the privacy policy is posted
