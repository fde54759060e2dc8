## Settings: what each is for, without a full stop.

invites-set-channel = Where newcomers are announced
invites-set-message = What is said when the inviter is known
invites-set-message-without-inviter = What is said when the inviter is not known
