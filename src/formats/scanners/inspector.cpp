// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/inspector.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/records/aws_fields.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

enum ContextId : std::uint16_t { next_page };

constexpr std::string_view more_pages =
    "is one page of several: its nextToken says that more findings exist; fetch them all";

// ---- the resource

// A finding may name several resources; the machine says more than the repository it came from.
Node resource_of(const Record& record) {
  constexpr std::array<std::string_view, 3> machines{
      "AWS_EC2_INSTANCE", "AWS_ECR_CONTAINER_IMAGE", "AWS_LAMBDA_FUNCTION"};
  for (std::string_view type : machines) {
    for (const Node resource : record["resources"].items()) {
      if (resource["type"].is(type)) return resource;
    }
  }
  for (const Node resource : record["resources"].items()) return resource;
  return {};
}

void name_instance(ScannedHost& host, const Node& resource, const Node& details) {
  host.instance = instance_id_of(resource["id"].line());
  host.name = resource["tags"]["Name"].line();
  if (host.name.empty()) host.name = std::string(last_part(resource["id"].line()));
  add_addresses(host, details["ipV4Addresses"]);
  add_addresses(host, details["ipV6Addresses"]);
  add_alias(host, std::string(last_part(resource["id"].line())));
}

void name_image(ScannedHost& host, const Node& resource, const Node& details) {
  EcrImage image{details["registry"].line(),
                 host.region,
                 resource["partition"].line(),
                 details["repositoryName"].line(),
                 {}};
  if (image.repository.empty()) {
    host.name = resource["id"].line();
    return;
  }
  std::vector<std::string> names;
  for (const Node tag : details["imageTags"].items()) {
    image.tag = tag.line();
    names.push_back(image_name(image));
  }
  image.tag = details["imageHash"].line();
  names.push_back(image_name(image));
  host.name = names.front();
  for (std::string& name : names) add_alias(host, std::move(name));
  add_alias(host, resource["id"].line());
}

// Functions and repositories of one name may live in several accounts and regions.
void name_other(ScannedHost& host, const Node& resource) {
  const Node details = resource["details"];
  std::string name = details["awsLambdaFunction"]["functionName"].line();
  if (name.empty()) name = details["codeRepository"]["projectName"].line();
  host.name = name.empty() ? resource["id"].line() : name_in_account(host, name);
  add_alias(host, name);
  add_alias(host, resource["id"].line());
}

ScannedHost host_of(const Record& record) {
  const Node resource = resource_of(record);
  const Node details = resource["details"];
  ScannedHost host;
  host.account = record["awsAccountId"].line(64);
  host.region = resource["region"].line(64);
  if (resource["type"].is("AWS_EC2_INSTANCE")) {
    name_instance(host, resource, details["awsEc2Instance"]);
  } else if (resource["type"].is("AWS_ECR_CONTAINER_IMAGE")) {
    name_image(host, resource, details["awsEcrContainerImage"]);
  } else {
    name_other(host, resource);
  }
  // Inspector reads packages by an agent, a disk snapshot or the image; how a port is reached it
  // works out without touching the machine.
  if (!record["type"].is("NETWORK_REACHABILITY")) host.authenticated = true;
  host.seen_at = time_of(record["lastObservedAt"]);
  if (!host.seen_at) host.seen_at = time_of(record["updatedAt"]);
  return host;
}

// ---- vulnerable packages

AwsPackage package_of(const Node& node) {
  return {.name = node["name"],
          .epoch = node["epoch"],
          .version = node["version"],
          .release = node["release"],
          .arch = node["arch"],
          .manager = node["packageManager"],
          .path = node["filePath"],
          .layer = node.first_of({"sourceLambdaLayerArn", "sourceLayerHash"}),
          .fixed_in = node["fixedInVersion"],
          .advice = node["remediation"]};
}

void fill_scores(const Record& record, const Node& details, Finding& finding) {
  for (const Node cvss : details["cvss"].items()) {
    add_cvss(finding,
             cvss["scoringVector"],
             cvss["baseScore"],
             cvss["source"].line(64),
             cvss["version"].line(16));
  }
  // Inspector's own score is another one only where it adjusted the vector to the machine.
  const Node adjusted = record["inspectorScoreDetails"]["adjustedCvss"];
  const std::string vector = adjusted["scoringVector"].line(256);
  const auto score = adjusted["score"].number();
  const bool known = std::any_of(finding.cvss.begin(), finding.cvss.end(), [&](const Cvss& cvss) {
    return cvss.vector == vector && cvss.score == score;
  });
  if (known) return;
  add_cvss(finding,
           adjusted["scoringVector"],
           adjusted["score"],
           "Inspector",
           adjusted["version"].line(16));
}

void fill_package_vulnerability(const Record& record, Finding& finding) {
  const Node details = record["packageVulnerabilityDetails"];
  finding.native_id = details["vulnerabilityId"].line();
  add_ids(finding.vuln_ids, details["vulnerabilityId"]);
  add_ids(finding.vuln_ids, details["relatedVulnerabilities"]);
  for (const Node package : details["vulnerablePackages"].items()) {
    add_package(finding, package_of(package));
  }
  fill_scores(record, details, finding);
  finding.published_at = time_of(details["vendorCreatedAt"]);
  add_refs(finding, details["sourceUrl"]);
  add_refs(finding, details["referenceUrls"]);
  if (const std::string word = details["vendorSeverity"].line(100); !word.empty()) {
    add_evidence(finding, "severity by " + details["source"].line(100) + ": " + word);
  }
}

// ---- the other types

void fill_code(const Record& record, Finding& finding) {
  const Node details = record["codeVulnerabilityDetails"];
  finding.native_id = details.first_of({"ruleId", "detectorId"}).line();
  const Node place = details["filePath"];
  finding.location.path = place.first_of({"filePath", "fileName"}).line();
  finding.location.check = details["detectorName"].line();
  add_cwes(finding, details["cwes"]);
  add_refs(finding, details["referenceUrls"]);
  if (place["startLine"]) {
    add_evidence(finding,
                 "lines " + place["startLine"].line(20) + " to " + place["endLine"].line(20));
  }
  if (const std::string id = details["detectorId"].line(200); !id.empty())
    add_evidence(finding, "detector " + id);
  if (const std::string layer = details["sourceLambdaLayerArn"].line(); !layer.empty())
    add_evidence(finding, "layer " + layer);
}

// What the way in begins with tells the Internet from a peer; the ids behind it change.
void fill_path(const Node& steps, Finding& finding) {
  std::string way;
  for (const Node step : steps.items()) {
    if (finding.location.check.empty()) {
      finding.location.check = "reachable from " + step["componentType"].line(100);
    }
    if (way.size() > 4000) break;
    way += (way.empty() ? "" : " > ") + step["componentType"].line(100) + " " +
           step["componentId"].line(200);
  }
  if (!way.empty()) add_evidence(finding, "path: " + way);
}

void fill_reachability(const Record& record, Finding& finding) {
  const Node details = record["networkReachabilityDetails"];
  finding.kind = Kind::exposure;
  finding.native_id = "NETWORK_REACHABILITY";
  finding.location.protocol = to_lower(details["protocol"].line(20));
  const Node range = details["openPortRange"];
  if (const auto port = range["begin"].number(); port && *port >= 0 && *port <= 65535) {
    finding.location.port = static_cast<int>(*port);
  }
  if (range["begin"]) {
    add_evidence(finding, "open ports " + range["begin"].line(20) + " to " + range["end"].line(20));
  }
  fill_path(details["networkPath"]["steps"], finding);
}

// ---- all types

void fill_severity(const Record& record, Finding& finding) {
  finding.severity = severity_of_word(record["severity"]);
  finding.severity_source = "severity";
  const auto score = record["inspectorScore"].number();
  if (!record["severity"] && score) {
    finding.severity = severity_of_score(*score);
    finding.severity_source = "inspectorScore";
  }
}

void fill_exploit(const Record& record, Finding& finding) {
  if (const auto score = fraction_of(record["epss"]["score"])) finding.epss = Epss{*score};
  if (record["exploitAvailable"].is("YES")) finding.exploit = "poc";
  if (record["exploitAvailable"].is("NO")) finding.exploit = "none";
  if (const auto time = time_of(record["exploitabilityDetails"]["lastKnownExploitAt"])) {
    finding.exploit = "poc";
    finding.exploit_refs.push_back("last-known:" + to_rfc3339(*time));
  }
}

void fill_state(const Record& record, Finding& finding) {
  const Node status = record["status"];
  if (status.is("CLOSED")) finding.status = Status::fixed;
  if (status.is("ACTIVE")) finding.status = Status::open;
  finding.source_status = status.line(64);
  finding.first_seen = time_of(record["firstObservedAt"]);
  finding.last_seen = time_of(record["lastObservedAt"]);
}

void fill_type(const Record& record, Finding& finding) {
  if (record["type"].is("NETWORK_REACHABILITY")) return fill_reachability(record, finding);
  if (record["type"].is("CODE_VULNERABILITY")) return fill_code(record, finding);
  fill_package_vulnerability(record, finding);
}

class InspectorReader : public RecordReader {
 public:
  // Inspector writes one instance a finding; its schema allows more, and none may pass unseen.
  std::size_t findings_in(const Record& record) override {
    const auto all = record.node.all("resources");
    const auto instances = std::count_if(all.begin(), all.end(), [](const Node& resource) {
      return resource["type"].is("AWS_EC2_INSTANCE");
    });
    if (instances > 1) ++several_;
    return 1;
  }

  ScannedHost host(const Record& record) override { return host_of(record); }

  // Nearly all are weaknesses of packages, which have an id of their own.
  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    fill_severity(record, finding);
    if (record["status"].is("CLOSED")) finding.status = Status::fixed;
    const Node id = record["packageVulnerabilityDetails"]["vulnerabilityId"];
    if (id && record["type"].is("PACKAGE_VULNERABILITY")) finding.native_id = id.line();
    return !finding.native_id.empty();
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.title = record["title"].line(500);
    finding.description = record["description"].text();
    fill_type(record, finding);
    if (finding.native_id.empty()) finding.native_id = finding.title;
    if (finding.title.empty()) finding.title = finding.native_id;
    fill_exploit(record, finding);
    fill_state(record, finding);
    const Node advice = record["remediation"]["recommendation"];
    add_advice(finding, advice["text"]);
    add_refs(finding, advice.first_of({"Url", "url"}));
    put_fix_available(finding, record["fixAvailable"]);
    add_cwes(finding, record["cwes"]);
  }

  // Pages may follow each other in one file: then only the last may not promise another.
  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    std::erase(facts.problems, more_pages);
    if (!context[next_page].line(16).empty()) facts.problems.emplace_back(more_pages);
    if (several_ > 0) {
      facts.problems.push_back(std::to_string(several_) +
                               " findings name several instances, of which only the first is read");
    }
    several_ = 0;
    return {};
  }

 private:
  std::uint64_t several_ = 0;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<InspectorReader>(); }

constexpr std::array<std::string_view, 1> marks{"/findings/*/findingArn"};
constexpr std::array<std::string_view, 1> list_marks{"/*/findingArn"};
constexpr std::array<std::string_view, 1> line_marks{"/findingArn"};
constexpr std::array<std::string_view, 1> event_marks{"/detail/findingArn"};
constexpr std::array<std::string_view, 1> empty_marks{"/findings=[]"};
constexpr std::array<RecordPath, 1> records{{{0, "/findings/*"}}};
constexpr std::array<RecordPath, 1> list_records{{{0, "/*"}}};
constexpr std::array<RecordPath, 1> line_records{{{0, ""}}};
constexpr std::array<RecordPath, 1> event_records{{{0, "/detail"}}};
// The command line's own name for it begins with a capital.
constexpr std::array<ContextPath, 2> contexts{
    {{next_page, "/nextToken"}, {next_page, "/NextToken"}}};

constexpr RecordFormat make_format(std::span<const std::string_view> its_marks,
                                   std::span<const RecordPath> its_records,
                                   std::span<const ContextPath> its_contexts = {}) {
  return {"inspector",
          "Amazon Inspector",
          "inspector",
          its_marks,
          walk_json,
          its_records,
          its_contexts,
          make_reader};
}

}  // namespace

const RecordFormat inspector = make_format(marks, records, contexts);
const RecordFormat inspector_list = make_format(list_marks, list_records);
const RecordFormat inspector_lines = make_format(line_marks, line_records);
const RecordFormat inspector_events = make_format(event_marks, event_records);
const RecordFormat inspector_empty = make_format(empty_marks, records, contexts);

}  // namespace patchbot
