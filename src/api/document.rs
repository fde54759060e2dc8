//! The document of the API: `OpenAPI` 3.1, made of the handlers themselves.

use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use super::problem::PROBLEM_JSON;
use super::repetition::IDEMPOTENCY_KEY;
use super::{Part, ProblemBody, assemble, gate};

/// What the document says of the API as a whole.
pub(super) fn head() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Alphapy")
        .version("1")
        .description(Some(
            "Everything that admins of a server do with the bot, for programs. See docs/api.md for keys, limits, \
             repetitions, pages and problems.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()));
    OpenApiBuilder::new().info(info.build()).build()
}

/// The document of all parts. What every operation shares is put in here, so that no handler has to say it.
pub fn document(parts: &[Part]) -> OpenApi {
    let (_, mut document) = assemble(parts, |routes, _| routes).split_for_parts();
    let components = document.components.get_or_insert_with(Default::default);
    components.schemas.insert(ProblemBody::name().into_owned(), ProblemBody::schema());
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let header = ApiKeyValue::new("X-API-Key");
    components.security_schemes.insert("bearer".to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
    components.security_schemes.insert("header".to_owned(), RefOr::T(SecurityScheme::ApiKey(ApiKey::Header(header))));
    let either = ["bearer", "header"].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
    document.security = Some(either.to_vec());
    for (path, item) in &mut document.paths.paths {
        let about_guild = path.contains(&format!("{{{}}}", gate::GUILD));
        let reading = [&mut item.get, &mut item.head].into_iter().flatten().map(|it| (it, false));
        let writing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for (operation, writes) in reading.chain(writing.into_iter().flatten().map(|it| (it, true))) {
            share(operation, about_guild, writes);
        }
    }
    document
}

/// Puts into an operation what all have.
fn share(operation: &mut Operation, about_guild: bool, writes: bool) {
    let text = |pattern: Option<&str>| ObjectBuilder::new().schema_type(Type::String).pattern(pattern).build();
    let parameters = operation.parameters.get_or_insert_with(Vec::new);
    if about_guild {
        let guild = ParameterBuilder::new()
            .name(gate::GUILD)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("The server's id"))
            .schema(Some(text(Some("^[0-9]{1,20}$"))));
        parameters.insert(0, RefOr::T(guild.build()));
    }
    if writes {
        let key = ParameterBuilder::new()
            .name(IDEMPOTENCY_KEY.as_str())
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("The same request with the same key is done once and answered the same for 24 hours"))
            .schema(Some(text(Some(r#"^[!#-\[\]-~]{1,255}$"#))));
        parameters.push(RefOr::T(key.build()));
    }
    let problem = Ref::from_schema_name(ProblemBody::name());
    let response = |description: &str| {
        let content = ContentBuilder::new().schema(Some(RefOr::Ref(problem.clone()))).build();
        RefOr::T(ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build())
    };
    for (status, description) in [("4XX", "Why it is not done"), ("5XX", "It failed, and may be tried again")] {
        operation.responses.responses.insert(status.to_owned(), response(description));
    }
}
