// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "support/property.hpp"
#include "support/transcript.hpp"

namespace patchbot::fuzz {
namespace {

// The inside of one item, repeated as a report repeats its plugins: the memo learns and hits.
std::string repeated(std::string_view inside) {
  std::string text = "<NessusClientData_v2><Report><ReportHost name='h'>";
  for (int i = 0; i < 5; ++i) {
    text += "<ReportItem port='0' pluginID='7' pluginName='p' severity='2'>";
    text.append(inside).append(i == 3 ? "<solution>x</solution></ReportItem>" : "</ReportItem>");
  }
  return text + "</ReportHost></Report></NessusClientData_v2>";
}

void require_agreement(std::string_view text, std::size_t chunk) {
  const Transcript plain = transcribe_xml(text, {text.size() + 1, false});
  for (const NessusXml::Tuning& tuning :
       {NessusXml::Tuning{text.size() + 1, true}, {chunk, false}, {chunk, true}}) {
    const Transcript other = transcribe_xml(text, tuning);
    require(other == plain,
            "chunk " + std::to_string(tuning.chunk) + (tuning.memo ? " with memo" : "") +
                " changes nothing: " + difference(other, plain));
  }
}

}  // namespace

int fuzz_nessus_xml(const std::uint8_t* data, std::size_t size) {
  const Sized input(data, size);
  if (input.first < 0x60) {
    require_agreement(input.text, input.chunk);
  } else {
    require_agreement(repeated(input.text), input.chunk);
  }
  return 0;
}

}  // namespace patchbot::fuzz
