//! The workload W3 as one writes it with the Rust SDK: a bearer token by HMAC with SHA-256, and its `exp`.
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use base64::Engine;
use hmac::{Hmac, Mac};
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType, LogLevel};
use serde::de::DeserializeOwned;
use serde::Deserialize;
use sha2::Sha256;
use std::time::UNIX_EPOCH;

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Info);
    proxy_wasm::set_root_context(|_| -> Box<dyn RootContext> { Box::new(Root { mac: None }) });
}}

#[derive(Deserialize)]
struct Config {
    secret: String,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    exp: u64,
}

struct Root {
    mac: Option<Hmac<Sha256>>,
}

impl Context for Root {}

impl RootContext for Root {
    fn on_configure(&mut self, _size: usize) -> bool {
        let Some(text) = self.get_plugin_configuration() else { return false };
        let Ok(config) = serde_json::from_slice::<Config>(&text) else { return false };
        self.mac = Hmac::new_from_slice(config.secret.as_bytes()).ok();
        self.mac.is_some()
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _context_id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(W3 { mac: self.mac.clone()? }))
    }
}

struct W3 {
    mac: Hmac<Sha256>,
}

impl Context for W3 {}

impl W3 {
    fn accepts(&self, value: &str) -> Option<bool> {
        let token = value.strip_prefix("Bearer ")?;
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        if read::<Header>(header)?.alg != "HS256" {
            return None;
        }
        let mut mac = self.mac.clone();
        mac.update(signed.as_bytes());
        mac.verify_slice(&BASE64.decode(signature).ok()?).ok()?;
        let now = self.get_current_time().duration_since(UNIX_EPOCH).ok()?;
        Some(now.as_secs() < read::<Claims>(payload)?.exp)
    }
}

fn read<T: DeserializeOwned>(segment: &str) -> Option<T> {
    serde_json::from_slice(&BASE64.decode(segment).ok()?).ok()
}

impl HttpContext for W3 {
    fn on_http_request_headers(&mut self, _num_headers: usize, _end_of_stream: bool) -> Action {
        let value = self.get_http_request_header("authorization");
        if value.and_then(|value| self.accepts(&value)) == Some(true) {
            return Action::Continue;
        }
        self.send_http_response(401, vec![], Some(b"unauthorized\n"));
        Action::Pause
    }
}
