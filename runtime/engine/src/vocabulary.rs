//! The words that all APIs share.

use std::fmt;

/// Declares an enum of words: the variants, and the word of each as catalogs and JSON spell it.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word for it in catalogs and in JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The one that `word` stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a program does about an error.
    Action {
        /// Change the request: its input is what is wrong.
        FixRequest = "fix_request",
        /// Send other or fresh credentials.
        Authenticate = "authenticate",
        /// Ask somebody for access.
        RequestAccess = "request_access",
        /// Change to a plan that includes this.
        UpgradePlan = "upgrade_plan",
        /// Buy or restore credit.
        AddCredit = "add_credit",
        /// Wait until a limit allows it again.
        Wait = "wait",
        /// Send the same request again.
        Retry = "retry",
        /// Find out whether the request took effect before anything else.
        CheckOutcome = "check_outcome",
        /// Ask the provider.
        ContactSupport = "contact_support",
    }
}

words! {
    /// How much of a response was understood.
    Outcome {
        /// A listed error.
        Known = "known",
        /// A code that the catalog does not list; it is kept as sent.
        UnknownCode = "unknown_code",
        /// Only the status is known.
        NoCode = "no_code",
        /// The body is not what the API sends: HTML of a proxy, cut JSON.
        Malformed = "malformed",
        /// Not an error.
        NotError = "not_error",
    }
}

words! {
    /// A coarse kind of error, the same for all APIs, for code that treats many of them alike.
    ///
    /// It follows from the [`Action`], and from the status where that says more or no action is documented.
    Category {
        /// The request is wrong.
        InvalidRequest = "invalid_request",
        /// Who is asking is not known.
        Authentication = "authentication",
        /// Who is asking may not.
        Permission = "permission",
        /// A plan, credit or quota does not cover it.
        Billing = "billing",
        /// What was asked for is not there.
        NotFound = "not_found",
        /// What was asked for is in another state.
        Conflict = "conflict",
        /// Too much at once, or too soon.
        RateLimit = "rate_limit",
        /// The request took too long.
        Timeout = "timeout",
        /// It may have taken effect: nobody knows.
        OutcomeUnknown = "outcome_unknown",
        /// The server failed.
        Server = "server",
        /// Nothing is known.
        Unknown = "unknown",
    }
}

impl Category {
    /// The category of an error with this action and status.
    pub fn of(action: Option<Action>, status: Option<u16>) -> Self {
        match action {
            Some(Action::Authenticate) => Self::Authentication,
            Some(Action::RequestAccess) => Self::Permission,
            Some(Action::UpgradePlan | Action::AddCredit) => Self::Billing,
            Some(Action::Wait) => Self::RateLimit,
            Some(Action::CheckOutcome) => Self::OutcomeUnknown,
            Some(Action::FixRequest) => match Self::of_status(status) {
                found @ (Self::NotFound | Self::Conflict) => found,
                _ => Self::InvalidRequest,
            },
            Some(Action::Retry | Action::ContactSupport) | None => Self::of_status(status),
        }
    }

    fn of_status(status: Option<u16>) -> Self {
        match status {
            Some(401 | 407) => Self::Authentication,
            Some(402) => Self::Billing,
            Some(403) => Self::Permission,
            Some(404 | 410) => Self::NotFound,
            Some(409 | 412) => Self::Conflict,
            Some(429) => Self::RateLimit,
            Some(408 | 504) => Self::Timeout,
            Some(400..=499) => Self::InvalidRequest,
            Some(500..=599) => Self::Server,
            _ => Self::Unknown,
        }
    }
}
