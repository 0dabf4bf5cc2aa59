// SPDX-License-Identifier: Apache-2.0
#include "services/aws/json_answer.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"

namespace patchbot::aws {

using nlohmann::json;

json parse_object(const Reply& reply) {
  const std::string& text = reply.value();
  if (is_deep_json(text)) {
    throw Error(Blame::remote, reply.label + ": the answer is nested deeper than any of AWS's");
  }
  json object = json::parse(text, nullptr, false);
  if (!object.is_object()) {
    throw Error(Blame::remote, reply.label + ": the answer is no JSON object, or is cut off");
  }
  return object;
}

std::string text_of(const json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  return clean_line(found->get_ref<const std::string&>());
}

const json& object_of(const json& object, const char* name) {
  static const json none = json::object();
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found != object.end() && found->is_object() ? *found : none;
}

const json& list_of(const json& object, const char* name) {
  static const json none = json::array();
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found != object.end() && found->is_array() ? *found : none;
}

const json& needed_list(const json& object, const char* name, const std::string& label) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (found == object.end() || !found->is_array()) {
    throw Error(Blame::remote, label + ": the answer has no list " + name);
  }
  return *found;
}

std::string next_token(const json& page, const char* name, const std::string& label) {
  const auto found = page.find(name);
  if (found == page.end() || found->is_null()) return {};
  if (!found->is_string()) {
    throw Error(Blame::remote, label + ": " + name + " is no text, so the rest is lost");
  }
  return found->get<std::string>();
}

std::string with_token(json body, const char* name, const std::string& token) {
  if (!token.empty()) body[name] = token;
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace patchbot::aws
