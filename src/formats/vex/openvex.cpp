// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.hpp"
#include "formats/vex/readers.hpp"

// OpenVEX 0.2.0: https://github.com/openvex/spec

namespace patchbot {
namespace {

constexpr std::string_view context = "https://openvex.dev/ns/v0.2.0";

constexpr std::array<std::string_view, 5> justifications{
    "component_not_present",
    "vulnerable_code_not_present",
    "vulnerable_code_not_in_execute_path",
    "vulnerable_code_cannot_be_controlled_by_adversary",
    "inline_mitigations_already_exist"};

constexpr std::array<VexWord, 4> words{{{"not_affected", VexStatus::not_affected},
                                        {"affected", VexStatus::affected},
                                        {"fixed", VexStatus::fixed},
                                        {"under_investigation", VexStatus::under_investigation}}};

VexProduct read_product(const Node& node) {
  VexProduct product;
  add_identifier(product, vex_member(node, "@id"));
  for (const Node identifier : node["identifiers"].items()) add_identifier(product, identifier);
  return product;
}

class OpenVex {
 public:
  explicit OpenVex(const Node& root) {
    document_.format = "OpenVEX";
    document_.author = root["author"].line();
    issued_ = read_vex_time(root["timestamp"], "/timestamp");
    std::size_t index = 0;
    for (const Node statement : root["statements"].items()) {
      add_statement(statement, vex_place("/statements", index++));
    }
  }

  VexDocument take() { return std::move(document_); }

 private:
  void add_statement(const Node& node, const std::string& place) {
    VexStatement statement;
    const Node vulnerability = node["vulnerability"];
    add_vex_names(statement.vulnerability, vulnerability["name"]);
    add_vex_names(statement.vulnerability, vulnerability["aliases"]);
    if (statement.vulnerability.empty()) {
      refuse_vex(place + "/vulnerability", "names no vulnerability; expected \"name\"");
    }
    statement.word = node["status"].line();
    const VexWord* const known = find_vex_word(statement.word, words.begin(), words.end());
    if (known == nullptr) {
      refuse_vex(place + "/status",
                 "'" + statement.word +
                     "' is not known; expected not_affected, affected, fixed or "
                     "under_investigation");
    }
    statement.status = known->status;
    const std::string why = vex_reason(node["justification"]);
    if (std::find(justifications.begin(), justifications.end(), why) != justifications.end()) {
      statement.justification = why;  // any other word is no reason
    }
    statement.impact = vex_reason(node["impact_statement"]);
    statement.time = read_vex_time(node["timestamp"], place + "/timestamp");
    if (!statement.time) statement.time = issued_;
    for (const Node product : node["products"].items()) add_subjects(product, statement);
    document_.statements.push_back(std::move(statement));
  }

  void add_subjects(const Node& node, VexStatement& statement) {
    const std::size_t product = add(node);
    const Node components = node["subcomponents"];
    for (const Node component : components.items()) {
      statement.subjects.push_back({product, add(component)});
    }
    if (components.items().empty()) statement.subjects.push_back({product, {}});
  }

  std::size_t add(const Node& product) {
    document_.products.push_back(read_product(product));
    return document_.products.size() - 1;
  }

  VexDocument document_;
  std::optional<Time> issued_;
};

}  // namespace

VexDocument read_openvex(const Node& root) {
  const std::string found = vex_member(root, "@context").line();
  if (found != context) {
    refuse_vex("/@context",
               "'" + found + "' is another version of OpenVEX; expected " + std::string(context));
  }
  return OpenVex(root).take();
}

}  // namespace patchbot
