//! What is hidden.

/// What a hidden value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An address of mail.
    Email,
    /// A number of a telephone.
    Phone,
    /// An international number of a bank account.
    Iban,
    /// A Belgian number of a bank account, as it was before the IBAN.
    Account,
    /// The number of a payment card.
    Card,
    /// The Dutch number of a citizen.
    Bsn,
    /// The Belgian number of a citizen, or of who has none.
    Rrn,
    /// The number of an enterprise.
    Vat,
    /// Where somebody lives.
    Address,
    /// The number of a passport, an identity card or a driving licence.
    Document,
    /// The structured reference of a Belgian payment.
    Reference,
    /// The plate of a vehicle.
    Plate,
    /// An address of the network.
    Ip,
    /// A password, key or token.
    Secret,
    /// What looked like a placeholder already when it was typed.
    Typed,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 15] = [
        Kind::Email,
        Kind::Phone,
        Kind::Iban,
        Kind::Account,
        Kind::Card,
        Kind::Bsn,
        Kind::Rrn,
        Kind::Vat,
        Kind::Address,
        Kind::Document,
        Kind::Reference,
        Kind::Plate,
        Kind::Ip,
        Kind::Secret,
        Kind::Typed,
    ];

    /// Whether it may stand in a reply to whoever wrote it.
    pub(super) fn may_be_posted(self) -> bool {
        matches!(self, Kind::Email | Kind::Phone | Kind::Address | Kind::Reference | Kind::Plate)
    }

    /// As it stands in a placeholder.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Iban => "iban",
            Kind::Account => "account",
            Kind::Card => "card",
            Kind::Bsn => "bsn",
            Kind::Rrn => "rrn",
            Kind::Vat => "vat",
            Kind::Address => "address",
            Kind::Document => "document",
            Kind::Reference => "reference",
            Kind::Plate => "plate",
            Kind::Ip => "ip",
            Kind::Secret => "secret",
            Kind::Typed => "typed",
        }
    }

    /// Also by the names that a model gives it when it translates.
    pub(super) fn named(name: &str) -> Option<Kind> {
        let name = name.to_ascii_lowercase();
        let translated = match name.as_str() {
            "e-mail" | "mail" => "email",
            "telefoon" | "tel" => "phone",
            "rekening" => "account",
            "kaart" => "card",
            "adres" => "address",
            "referentie" => "reference",
            "kenteken" => "plate",
            "geheim" => "secret",
            name => name,
        };
        Kind::ALL.into_iter().find(|kind| kind.name() == translated)
    }
}
