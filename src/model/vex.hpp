// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/purl.hpp"

// What a supplier says of vulnerabilities in products (VEX), whatever format it says it in.

namespace patchbot {

enum class VexStatus : std::uint8_t { not_affected, fixed, affected, under_investigation };

/// Only these two say that there is nothing to repair.
constexpr bool is_harmless(VexStatus status) {
  return status == VexStatus::not_affected || status == VexStatus::fixed;
}

/// A product or a component, by what findings may know it by.
struct VexProduct {
  std::string text;         ///< as a person would call it
  std::vector<Purl> purls;  ///< all of one thing
  std::string name;         ///< of a package, product or image, where there is no package URL
  std::string version;      ///< belongs to `name`; empty for every version
  bool is_vague = false;    ///< `version` is a range or not all that is asked for
  bool operator==(const VexProduct&) const = default;

  bool is_known() const { return !purls.empty() || !name.empty(); }
};

/// What a statement is about: a product, or a component as it is used in a product. Indices into
/// the products of the document.
struct VexSubject {
  std::size_t product = 0;
  std::optional<std::size_t> component;
  bool operator==(const VexSubject&) const = default;
};

struct VexStatement {
  std::vector<std::string> vulnerability;  ///< all names of one vulnerability
  VexStatus status = VexStatus::under_investigation;
  std::string word;  ///< the status as the document writes it
  std::string justification;
  std::string impact;
  std::optional<Time> time;  ///< since when it holds
  std::vector<VexSubject> subjects;
  bool operator==(const VexStatement&) const = default;
};

struct VexDocument {
  std::string format;  ///< "OpenVEX", "CSAF", "CycloneDX"
  std::string author;
  std::vector<VexProduct> products;
  std::vector<VexStatement> statements;
};

}  // namespace patchbot
