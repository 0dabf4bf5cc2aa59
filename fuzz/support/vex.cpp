// SPDX-License-Identifier: Apache-2.0
#include "support/vex.hpp"

#include <string>

#include "formats/vex/whole_json.hpp"
#include "model/waiver.hpp"
#include "rules/waivers.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

void require_sound(const VexDocument& document) {
  for (const VexProduct& product : document.products) {
    require_clean(product.text + product.name + product.version, "a product");
    for (const Purl& purl : product.purls) {
      require(!purl.type.empty() && !purl.name.empty(), "a package URL has a type and a name");
    }
  }
  for (const VexStatement& statement : document.statements) {
    require(!statement.vulnerability.empty(), "a statement is about a vulnerability");
    require_clean(statement.word + statement.justification + statement.impact, "a reason");
    for (const VexSubject& subject : statement.subjects) {
      require(subject.product < document.products.size(), "a product is in the document");
      require(!subject.component || *subject.component < document.products.size(),
              "a component is in the document");
    }
  }
}

/// A finding that the first package of the statement would fit.
Finding finding_for(const VexDocument& document, const VexStatement& statement) {
  Finding finding;
  finding.vuln_ids = statement.vulnerability;
  finding.asset.name = "asset";
  for (const VexSubject& subject : statement.subjects) {
    const VexProduct& product = document.products[subject.component.value_or(subject.product)];
    finding.location.package = product.purls.empty() ? product.name : product.purls.front().name;
    finding.location.installed =
        product.purls.empty() ? product.version : product.purls.front().version;
    break;
  }
  return finding;
}

void require_expiry(const VexDocument& document) {
  VexWaiver waiver;
  waiver.id = "w";
  waiver.runs_on = {"*"};
  waiver.expires = Date(std::chrono::days(20000));
  waiver.document = document;
  Waivers valid({{}, {waiver}}, Time(waiver.expires));
  Waivers expired({{}, {waiver}}, Time(waiver.expires + std::chrono::days(1)));
  for (const VexStatement& statement : document.statements) {
    const Finding finding = finding_for(document, statement);
    require(!expired.find(finding), "what has expired waives nothing");
    const auto note = valid.find(finding);
    if (note) require_clean(note->reason, "the reason of a waiver");
  }
}

}  // namespace

int fuzz_vex(VexDocument (*read)(const Node&), const std::uint8_t* data, std::size_t size) {
  VexDocument document;
  if (!parses([&] { document = read(WholeJson(text_of(data, size)).root()); })) return 0;
  require_sound(document);
  if (document.statements.size() * document.products.size() < 1000) require_expiry(document);
  return 0;
}

}  // namespace patchbot::fuzz
