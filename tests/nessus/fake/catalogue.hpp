// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "exchange.hpp"
#include "world.hpp"

namespace patchbot::test::fake {

inline constexpr const char* basic_template =
    "731a8e52-3ea6-a291-ec0a-d2ff0619c19d7bd788d6be818b65";

/// What a scan is made of: templates, policies, scanners. Answers are false where something else
/// was asked.
class Catalogue {
 public:
  explicit Catalogue(World& world) : world_(world) {}

  bool answer(Exchange& exchange);

 private:
  bool answer_policies(Exchange& exchange);
  void make_policy(Exchange& exchange);
  long add_policy(const std::string& name, const json& template_uuid);
  json policies() const;

  World& world_;
  std::map<long, json> policies_;
};

/// By what findings can be chosen.
json report_filters(const json& group);

}  // namespace patchbot::test::fake
