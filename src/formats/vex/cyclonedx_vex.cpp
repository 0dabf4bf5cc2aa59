// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/vex/readers.hpp"

// CycloneDX 1.4 and later, vulnerabilities[].analysis: https://cyclonedx.org/docs/1.6/json

namespace patchbot {
namespace {

constexpr std::array<VexWord, 6> words{{{"not_affected", VexStatus::not_affected},
                                        {"false_positive", VexStatus::not_affected},
                                        {"resolved", VexStatus::fixed},
                                        {"resolved_with_pedigree", VexStatus::fixed},
                                        {"exploitable", VexStatus::affected},
                                        {"in_triage", VexStatus::under_investigation}}};

std::string without_prefix(const std::string& text, std::string_view prefix) {
  return starts_with_nocase(text, prefix) ? text.substr(prefix.size()) : text;
}

class CycloneDxVex {
 public:
  explicit CycloneDxVex(const Node& root) : version_(root["version"].line()) {
    document_.format = "CycloneDX";
    const Node metadata = root["metadata"];
    document_.author = metadata["supplier"]["name"].line();
    serial_ = without_prefix(root["serialNumber"].line(), "urn:uuid:");
    issued_ = read_vex_time(metadata["timestamp"], "/metadata/timestamp");
    if (metadata["component"]) whole_ = add_component(metadata["component"]);
    add_components(metadata["component"]["components"]);
    add_components(root["components"]);
    own_ = document_.products.size();
    std::size_t index = 0;
    for (const Node vulnerability : root["vulnerabilities"].items()) {
      add_vulnerability(vulnerability, vex_place("/vulnerabilities", index++));
    }
  }

  VexDocument take() { return std::move(document_); }

 private:
  std::size_t add_component(const Node& node) {
    VexProduct product;
    add_identifier(product, node["purl"]);
    add_identifier(product, node["cpe"]);
    const std::string group = node["group"].line(300);
    const std::string name = node["name"].line(300);
    if (!product.is_known() && !name.empty()) {
      product.name = group.empty() ? name : group + "/" + name;
      product.version = node["version"].line(300);
    }
    if (product.text.empty()) product.text = name;
    const std::string ref = node["bom-ref"].line();
    if (!ref.empty()) by_ref_.emplace(ref, document_.products.size());
    document_.products.push_back(std::move(product));
    return document_.products.size() - 1;
  }

  void add_components(const Node& list) {
    for (const Node component : list.items()) {
      add_component(component);
      add_components(component["components"]);
    }
  }

  // Without an analysis it is a finding of somebody's scanner and no statement.
  void add_vulnerability(const Node& node, const std::string& place) {
    const Node analysis = node["analysis"];
    if (!analysis["state"]) return;
    VexStatement statement;
    add_vex_names(statement.vulnerability, node["id"]);
    for (const Node reference : node["references"].items()) {
      add_vex_names(statement.vulnerability, reference["id"]);
    }
    if (statement.vulnerability.empty())
      refuse_vex(place, "names no vulnerability; expected \"id\"");
    statement.word = analysis["state"].line();
    const VexWord* const known = find_vex_word(statement.word, words.begin(), words.end());
    if (known == nullptr) {
      refuse_vex(place + "/analysis/state",
                 "'" + statement.word +
                     "' is not known; expected not_affected, false_positive, resolved, "
                     "resolved_with_pedigree, exploitable or in_triage");
    }
    statement.status = known->status;
    statement.justification = vex_reason(analysis["justification"]);
    statement.impact = vex_reason(analysis["detail"]);
    statement.time = time_of_analysis(analysis, place + "/analysis");
    add_affected(node["affects"], statement);
  }

  std::optional<Time> time_of_analysis(const Node& analysis, const std::string& place) const {
    for (const char* const key : {"lastUpdated", "firstIssued"}) {
      if (const auto time = read_vex_time(analysis[key], vex_place(place, key))) return time;
    }
    return issued_;
  }

  // Versions that the analysis does not speak of get a statement of their own.
  void add_affected(const Node& affects, VexStatement statement) {
    VexStatement exceptions = statement;
    exceptions.status = VexStatus::affected;
    exceptions.word = "affected";
    for (const Node affected : affects.items()) {
      const std::size_t product = find(affected["ref"].line());
      const Node versions = affected["versions"];
      if (versions.items().empty()) statement.subjects.push_back(subject_of(product, product));
      for (const Node version : versions.items()) {
        const std::string status = version["status"].line();
        const bool is_exception = is_harmless(statement.status)
                                      ? !status.empty() && status != "unaffected"
                                      : status == "unaffected";
        const VexSubject subject = subject_of(product, add_version(product, version));
        if (!is_exception) statement.subjects.push_back(subject);
        if (is_exception && is_harmless(statement.status)) exceptions.subjects.push_back(subject);
      }
    }
    document_.statements.push_back(std::move(statement));
    if (!exceptions.subjects.empty()) document_.statements.push_back(std::move(exceptions));
  }

  VexSubject subject_of(std::size_t product, std::size_t version) const {
    const bool is_part = whole_ && product != *whole_ && product < own_;
    return is_part ? VexSubject{*whole_, version} : VexSubject{version, {}};
  }

  std::size_t add_version(std::size_t product, const Node& node) {
    VexProduct one = document_.products[product];
    const bool is_range = static_cast<bool>(node["range"]);
    one.version = node[is_range ? "range" : "version"].line(300);
    one.is_vague = is_range || one.version.empty();
    for (Purl& purl : one.purls) purl.version = one.version;
    if (one.name.empty()) one.version.clear();
    document_.products.push_back(std::move(one));
    return document_.products.size() - 1;
  }

  // A bom-ref of this document; else a BOM-Link, "urn:cdx:serial/version#bom-ref", into this or
  // another one, whose bom-refs are often package URLs; else a package URL.
  std::size_t find(const std::string& ref) {
    const std::string local = local_part(ref);
    const auto known = by_ref_.find(local.empty() ? ref : local);
    if (known != by_ref_.end()) return known->second;
    VexProduct stranger;
    stranger.text = cut_utf8(ref, 300);
    const auto hash = starts_with_nocase(ref, "urn:cdx:") ? ref.find('#') : std::string::npos;
    const std::string name = hash == std::string::npos ? ref : ref.substr(hash + 1);
    if (auto purl = parse_purl(starts_with_nocase(name, "pkg:") ? name : decode_percent(name))) {
      stranger.purls.push_back(*std::move(purl));
    }
    by_ref_.emplace(ref, document_.products.size());
    document_.products.push_back(std::move(stranger));
    return document_.products.size() - 1;
  }

  // What a BOM-Link into this document points at; empty for any other text.
  std::string local_part(const std::string& ref) const {
    const std::string start = "urn:cdx:" + serial_ + "/" + version_ + "#";
    if (serial_.empty() || !starts_with_nocase(ref, start)) return {};
    const std::string part = ref.substr(start.size());
    return by_ref_.contains(part) ? part : decode_percent(part);
  }

  VexDocument document_;
  std::string serial_;
  std::string version_;
  std::optional<Time> issued_;
  std::optional<std::size_t> whole_;  // what the document describes
  std::size_t own_ = 0;               // products that it describes, the first ones
  std::unordered_map<std::string, std::size_t> by_ref_;
};

}  // namespace

VexDocument read_cyclonedx_vex(const Node& root) { return CycloneDxVex(root).take(); }

}  // namespace patchbot
