// SPDX-License-Identifier: Apache-2.0
#include "formats/vex/vex.hpp"

#include "base/error.hpp"
#include "formats/vex/readers.hpp"
#include "formats/vex/whole_json.hpp"

namespace patchbot {
namespace {

VexDocument read(const Node& root) {
  if (vex_member(root, "@context").text().find("openvex") != std::string::npos)
    return read_openvex(root);
  if (root["document"]["csaf_version"]) return read_csaf_vex(root);
  if (root["bomFormat"].is("CycloneDX")) return read_cyclonedx_vex(root);
  throw Error(Blame::input,
              "is no VEX document that is known here; expected OpenVEX 0.2.0 (\"@context\"), CSAF "
              "2.0 or 2.1 (\"document\") or CycloneDX (\"bomFormat\")");
}

}  // namespace

VexDocument parse_vex(std::string_view text) {
  const WholeJson json(text);
  VexDocument document = read(json.root());
  if (document.statements.empty()) {
    throw Error(Blame::input, "holds no statement on a vulnerability (" + document.format + ")");
  }
  return document;
}

}  // namespace patchbot
