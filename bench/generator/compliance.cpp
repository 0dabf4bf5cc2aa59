// SPDX-License-Identifier: Apache-2.0
#include "compliance.hpp"

#include <string_view>

#include "text.hpp"
#include "words.hpp"

namespace patchbot::bench {
namespace {

constexpr std::size_t checks_per_host = 50;

struct Result {
  std::string_view word;
  std::string_view severity;
};

Result draw_result(Prng& prng) {
  const std::size_t position = prng.below(100);
  if (position < 70) return {"PASSED", "0"};
  if (position < 92) return {"FAILED", "3"};
  return position < 98 ? Result{"WARNING", "2"} : Result{"ERROR", "2"};
}

void add_check(std::string& out, Prng& prng, std::size_t check) {
  const Result result = draw_result(prng);
  Prng text_of_check(check, 7);  // a check reads the same on every host
  const std::string name = join({number(check / 12 + 1),
                                 ".",
                                 number(check / 4 % 3 + 1),
                                 ".",
                                 number(check % 4 + 1),
                                 " Check that ",
                                 text_of_check.pick(words::nouns),
                                 " keeps its limits"});
  std::string info;
  add_text(info, text_of_check, 400);

  out += join({"<ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\" severity=\"",
               result.severity,
               "\" pluginID=\"21157\" pluginName=\"Unix Compliance Checks\""
               " pluginFamily=\"Policy Compliance\">\n"});
  add_element(out, "agent", "unix");
  add_element(out, "cm:compliance-actual-value", join({"limit = ", hex(prng, 3)}));
  add_element(out, "cm:compliance-audit-file", "larkspur_server_v2.audit");
  add_element(out, "cm:compliance-benchmark-name", text_of_check.pick(words::benchmarks));
  add_element(out, "cm:compliance-benchmark-version", "2.1.0");
  add_element(out, "cm:compliance-check-id", hex(text_of_check, 32));
  add_element(out, "cm:compliance-check-name", name);
  add_element(out, "cm:compliance-control-id", hex(text_of_check, 32));
  add_element(out, "cm:compliance-info", info);
  add_element(out, "cm:compliance-policy-value", join({"limit = ", hex(text_of_check, 3)}));
  add_element(
      out, "cm:compliance-reference", join({"800-53|AC-", number(check % 20 + 1), ",LEVEL|1A"}));
  add_element(out, "cm:compliance-result", result.word);
  add_element(out, "cm:compliance-solution", text_of_check.pick(words::remedies));
  add_element(out, "compliance", "true");
  add_element(out, "description", join({"&quot;", name, "&quot; : [", result.word, "]\n\n", info}));
  add_element(out, "plugin_name", "Unix Compliance Checks");
  add_element(out, "plugin_type", "local");
  out += "</ReportItem>\n";
}

}  // namespace

void add_compliance(std::string& out, Prng& prng) {
  for (std::size_t check = 0; check < checks_per_host; ++check) add_check(out, prng, check);
}

}  // namespace patchbot::bench
