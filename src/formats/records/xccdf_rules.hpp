// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "formats/records/node.hpp"
#include "model/severity.hpp"

namespace patchbot {

/// What a benchmark says of one rule.
struct XccdfRule {
  std::string title;
  std::string description;
  std::string solution;
  Severity severity = Severity::unknown;
  std::vector<std::string> vuln_ids;
  std::vector<std::string> xrefs;
  std::vector<std::string> refs;
};

/// Adds a CVE as such, and any other identifier as "CCE:CCE-80424-5".
void add_xccdf_ident(const Node& ident,
                     std::vector<std::string>& vuln_ids,
                     std::vector<std::string>& xrefs);

/// The rules of all benchmarks in a document.
class XccdfRules {
 public:
  void add(const std::string& benchmark, const Node& node);
  void add_title(const std::string& benchmark, const Node& title);
  void clear();

  /// Of that benchmark, or, if it has none of that name, of any; null if there is none.
  const XccdfRule* find(const std::string& benchmark, const std::string& id) const;
  std::string title(const std::string& benchmark) const;

 private:
  std::unordered_map<std::string, XccdfRule> rules_;
  std::unordered_map<std::string, std::string> first_;  ///< key of the first rule with that id
  std::unordered_map<std::string, std::string> titles_;
};

}  // namespace patchbot
