// SPDX-License-Identifier: Apache-2.0
#include "model/finding.hpp"

#include <array>

namespace patchbot {

std::string_view to_text(Kind kind) {
  constexpr std::array<std::string_view, 6> words{
      "vulnerability", "compliance", "misconfiguration", "secret", "license", "exposure"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_text(CheckResult result) {
  constexpr std::array<std::string_view, 6> words{
      "", "passed", "failed", "warning", "error", "skipped"};
  return words[static_cast<std::size_t>(result)];
}

std::string_view to_text(Status status) {
  constexpr std::array<std::string_view, 4> words{"", "open", "fixed", "reopened"};
  return words[static_cast<std::size_t>(status)];
}

std::string_view to_text(GateLevel level) {
  constexpr std::array<std::string_view, 4> words{"none", "note", "warn", "fail"};
  return words[static_cast<std::size_t>(level)];
}

Digest identity_of(const Finding& f) {
  Hasher hasher;
  hasher.add(f.asset.id).add(f.environment).add(f.source).add(f.native_id);
  hasher.add(f.location.protocol).add(f.location.port ? std::to_string(*f.location.port) : "");
  hasher.add(f.location.benchmark);
  hasher.add(f.location.check_id.empty() ? f.location.check : f.location.check_id);
  hasher.add(f.location.package).add(f.location.path);
  hasher.add(std::to_string(f.location.ordinal));
  return hasher.digest();
}

}  // namespace patchbot
