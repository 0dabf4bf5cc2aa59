// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "formats/csv_writer.hpp"
#include "status_output.hpp"
#include "status_words.hpp"

namespace patchbot {

std::string to_csv(const PatchStatus& status) {
  std::string out =
      "team,service,stage,status,since,days,behind,oldest_ami_days,newest,reason,action,link\n";
  for (const ServiceStatus& service : status.services) {
    for (const auto& [name, stage] : service.stages) {
      const Time now = status.generated_at;
      CsvRowWriter(out)
          .cell(clean_line(service.team))
          .cell(clean_line(service.service))
          .cell(clean_line(name))
          .cell(to_text(stage.status))
          .cell(stage.since ? to_rfc3339(*stage.since) : "")
          .cell(stage.since ? std::to_string(days_between(*stage.since, now)) : "")
          .cell(stage.behind ? std::to_string(*stage.behind) : "")
          .cell(stage.oldest_days ? std::to_string(*stage.oldest_days) : "")
          .cell(service.newest ? clean_line(service.newest->name) : "")
          .cell(clean_line(stage.reason))
          .cell(word_of(stage.status).action)
          .cell(clean_line(stage.link));
      out += "\n";
    }
  }
  return out;
}

}  // namespace patchbot
