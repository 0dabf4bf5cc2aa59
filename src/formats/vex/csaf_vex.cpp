// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/vex/csaf_products.hpp"
#include "formats/vex/readers.hpp"
#include "model/severity.hpp"

// CSAF 2.0 and 2.1, profile 5 (VEX): https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html

namespace patchbot {
namespace {

constexpr std::array<VexWord, 8> words{{{"known_not_affected", VexStatus::not_affected},
                                        {"fixed", VexStatus::fixed},
                                        {"first_fixed", VexStatus::fixed},
                                        {"known_affected", VexStatus::affected},
                                        {"first_affected", VexStatus::affected},
                                        {"last_affected", VexStatus::affected},
                                        {"under_investigation", VexStatus::under_investigation},
                                        {"unknown", VexStatus::under_investigation}}};

using Reasons = std::unordered_map<std::string, std::string>;  // by product id

void check_head(const Node& document) {
  const std::string version = document["csaf_version"].line();
  if (version != "2.0" && version != "2.1") {
    refuse_vex("/document/csaf_version", "'" + version + "' is not known; expected 2.0 or 2.1");
  }
  const std::string category = document["category"].line();
  if (category != "csaf_vex") {
    refuse_vex("/document/category",
               "'" + category +
                   "' is another kind of advisory; only csaf_vex says what is not "
                   "affected");
  }
  const std::string status = document["tracking"]["status"].line();
  if (status != "final") {
    refuse_vex("/document/tracking/status",
               "'" + status + "' may still change; only a final document counts");
  }
}

class CsafVex {
 public:
  explicit CsafVex(const Node& root) : products_(root["product_tree"], document_.products) {
    document_.format = "CSAF";
    document_.author = root["document"]["publisher"]["name"].line();
    released_ = read_vex_time(root["document"]["tracking"]["current_release_date"],
                              "/document/tracking/current_release_date");
    if (!released_) refuse_vex("/document/tracking", "needs a current_release_date");
    std::size_t index = 0;
    for (const Node vulnerability : root["vulnerabilities"].items()) {
      add_vulnerability(vulnerability, vex_place("/vulnerabilities", index++));
    }
  }

  VexDocument take() { return std::move(document_); }

 private:
  void add_vulnerability(const Node& node, const std::string& place) {
    const std::vector<std::string> names = names_of(node);
    if (names.empty()) refuse_vex(place, R"(names no vulnerability; expected "cve" or "ids")");
    const Reasons labels = labels_of(node);
    const Reasons impacts = impacts_of(node);
    for (const Node list : node["product_status"].items()) {
      if (list.key() == "recommended") continue;  // what to install, which says nothing of the rest
      const VexWord* const known = find_vex_word(list.key(), words.begin(), words.end());
      if (known == nullptr) {
        refuse_vex(place + "/product_status",
                   "'" + clean_line(list.key()) + "' is no status that is known");
      }
      add_list(list, *known, names, labels, impacts);
    }
  }

  // Products with the same reason share a statement.
  void add_list(const Node& list,
                const VexWord& word,
                const std::vector<std::string>& names,
                const Reasons& labels,
                const Reasons& impacts) {
    std::map<std::pair<std::string, std::string>, VexStatement> by_reason;
    for (const Node item : list.items()) {
      const std::string id = item.line();
      const auto reason = [&id](const Reasons& reasons) {
        const auto found = reasons.find(id);
        return found == reasons.end() ? std::string() : found->second;
      };
      const std::pair key{reason(labels), reason(impacts)};
      VexStatement& statement = by_reason[key];
      statement.justification = key.first;
      statement.impact = key.second;
      statement.subjects.push_back(products_.find(id));
    }
    for (auto& [key, statement] : by_reason) {
      statement.vulnerability = names;
      statement.status = word.status;
      statement.word = word.word;
      statement.time = released_;
      document_.statements.push_back(std::move(statement));
    }
  }

  // Ids are also numbers in somebody's bug tracker, which say nothing where there is a CVE.
  static std::vector<std::string> names_of(const Node& node) {
    std::vector<std::string> names;
    add_text(names, node["cve"].line());
    const bool has_cve = !names.empty();
    for (const Node id : node["ids"].items()) {
      const std::string text = id["text"].line();
      if (!has_cve || starts_with_nocase(text, "GHSA-")) add_text(names, text);
    }
    return names;
  }

  Reasons labels_of(const Node& node) const {
    Reasons labels;
    for (const Node flag : node["flags"].items()) note(labels, flag, vex_reason(flag["label"]));
    return labels;
  }

  // Some publishers write a severity there, which is no reason.
  Reasons impacts_of(const Node& node) const {
    Reasons impacts;
    for (const Node threat : node["threats"].items()) {
      const std::string details = vex_reason(threat["details"]);
      if (threat["category"].line() == "impact" && !parse_severity(details)) {
        note(impacts, threat, details);
      }
    }
    return impacts;
  }

  void note(Reasons& reasons, const Node& node, const std::string& text) const {
    for (const Node id : node["product_ids"].items()) reasons.emplace(id.line(), text);
    for (const Node group : node["group_ids"].items()) {
      for (const std::string& id : products_.group(group.line())) reasons.emplace(id, text);
    }
  }

  VexDocument document_;
  CsafProducts products_;
  std::optional<Time> released_;
};

}  // namespace

VexDocument read_csaf_vex(const Node& root) {
  check_head(root["document"]);
  return CsafVex(root).take();
}

}  // namespace patchbot
