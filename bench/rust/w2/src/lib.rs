//! The workload W2 as one writes it with the Rust SDK: keys and the consumers that hold them.
use proxy_wasm::traits::{Context, HttpContext, RootContext};
use proxy_wasm::types::{Action, ContextType, LogLevel};
use serde::Deserialize;
use std::collections::HashMap;
use std::rc::Rc;

proxy_wasm::main! {{
    proxy_wasm::set_log_level(LogLevel::Info);
    proxy_wasm::set_root_context(|_| -> Box<dyn RootContext> { Box::new(Root { config: Rc::default() }) });
}}

#[derive(Deserialize, Default)]
struct Config {
    keys: HashMap<String, String>,
}

struct Root {
    config: Rc<Config>,
}

impl Context for Root {}

impl RootContext for Root {
    fn on_configure(&mut self, _size: usize) -> bool {
        let Some(text) = self.get_plugin_configuration() else { return false };
        let Ok(config) = serde_json::from_slice(&text) else { return false };
        self.config = Rc::new(config);
        true
    }

    fn get_type(&self) -> Option<ContextType> {
        Some(ContextType::HttpContext)
    }

    fn create_http_context(&self, _context_id: u32) -> Option<Box<dyn HttpContext>> {
        Some(Box::new(W2 { config: self.config.clone() }))
    }
}

struct W2 {
    config: Rc<Config>,
}

impl Context for W2 {}

impl HttpContext for W2 {
    fn on_http_request_headers(&mut self, _num_headers: usize, _end_of_stream: bool) -> Action {
        let key = self.get_http_request_header("x-api-key");
        let Some(consumer) = key.and_then(|key| self.config.keys.get(&key)) else {
            self.send_http_response(401, vec![], Some(b"unauthorized\n"));
            return Action::Pause;
        };
        self.set_http_request_header("x-consumer", Some(consumer));
        Action::Continue
    }
}
