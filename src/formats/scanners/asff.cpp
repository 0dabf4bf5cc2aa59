// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/asff.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"
#include "formats/records/aws_fields.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

enum ContextId : std::uint16_t { next_page };

constexpr std::string_view more_pages =
    "is one page of several: its NextToken says that more findings exist; fetch them all";

std::string product_of(const Record& record) {
  const Node fields = record["ProductFields"];
  for (const Node& name : {record["ProductName"],
                           fields["aws/securityhub/ProductName"],
                           fields["ProviderName"],
                           fields["Product Name"]}) {
    if (std::string text = name.line(100); !text.empty() && text != "Default") return text;
  }
  return std::string(last_part(record["ProductArn"].line(200)));
}

bool is_of(const Record& record, std::string_view product) {
  return equals_nocase(product_of(record), product);
}

// ---- the resource

constexpr std::array<std::string_view, 4> machines{
    "AwsEc2Instance", "AwsEcrContainerImage", "AwsLambdaFunction", "Container"};

bool is_type(const Node& resource, std::string_view type) { return resource["Type"].is(type); }

// A bucket, a user, a security group: no machine, but a place in the account.
bool is_place(const Node& resource) {
  return std::none_of(machines.begin(), machines.end(), [&](std::string_view type) {
    return is_type(resource, type);
  });
}

// A finding may name several resources; the machine says more than what stands around it.
Node resource_of(const Record& record) {
  for (std::string_view type : machines) {
    for (const Node resource : record["Resources"].items()) {
      if (is_type(resource, type)) return resource;
    }
  }
  for (const Node resource : record["Resources"].items()) return resource;
  return {};
}

void name_instance(ScannedHost& host, const Record& record, const Node& resource) {
  const std::string id = resource["Id"].line();
  host.instance = instance_id_of(id);
  if (host.instance.empty()) {
    host.instance = instance_id_of(record["ProductFields"]["aws/inspector/instanceId"].line());
  }
  host.name = resource["Tags"]["Name"].line();
  if (host.name.empty()) host.name = std::string(last_part(id));
  const Node details = resource["Details"]["AwsEc2Instance"];
  add_addresses(host, details["IpV4Addresses"]);
  add_addresses(host, details["IpV6Addresses"]);
  add_alias(host, std::string(last_part(id)));
}

// ".../repository/shop/sha256:..." is another name with every build; its repository and tag stay.
void name_image(ScannedHost& host, const Node& resource) {
  const Node details = resource["Details"]["AwsEcrContainerImage"];
  const EcrImage image{details["RegistryId"].line(),
                       host.region,
                       resource["Partition"].line(),
                       details["RepositoryName"].line(),
                       {}};
  const std::string id = resource["Id"].line();
  host.name = id;
  if (image.repository.empty()) return;
  std::vector<std::string> tags;
  add_ids(tags, details["ImageTags"]);
  tags.push_back(details["ImageDigest"].line());
  std::vector<std::string> names;
  for (const std::string& tag : tags) {
    EcrImage tagged = image;
    tagged.tag = tag;
    names.push_back(image_name(tagged));
  }
  host.name = names.front();
  for (std::string& name : names) add_alias(host, std::move(name));
  add_alias(host, id);
}

// Trivy writes the system behind the image: "shop:41 (alpine 3.10.2)".
void name_container(ScannedHost& host, const Node& resource) {
  host.name = resource["Details"]["Container"]["ImageName"].line();
  if (host.name.empty()) host.name = resource["Id"].line();
  const auto system = host.name.rfind(" (");
  if (system != std::string::npos && host.name.ends_with(')')) host.name.resize(system);
}

void name_function(ScannedHost& host, const Node& resource) {
  const std::string name = resource["Details"]["AwsLambdaFunction"]["FunctionName"].line();
  host.name = name.empty() ? resource["Id"].line() : name_in_account(host, name);
  add_alias(host, name);
  add_alias(host, resource["Id"].line());
}

// Inspector and Trivy read packages, and the services of AWS see a configuration as it is. What is
// said of a machine from outside proves no login.
std::optional<bool> is_authenticated(const Record& record, const Node& resource) {
  for (const Node vulnerability : record["Vulnerabilities"].items()) {
    if (!vulnerability["VulnerablePackages"].items().empty()) return true;
  }
  const bool reads_packages = is_of(record, "Inspector") || is_of(record, "Trivy");
  const bool from_outside = record["Network"] || record["NetworkPath"];
  if (reads_packages && !from_outside) return true;
  return is_place(resource) ? std::optional<bool>(true) : std::nullopt;
}

ScannedHost host_of(const Record& record) {
  const Node resource = resource_of(record);
  ScannedHost host;
  host.account = record["AwsAccountId"].line(64);
  host.region = resource["Region"].line(64);
  if (host.region.empty()) host.region = record["Region"].line(64);
  if (is_type(resource, "AwsEc2Instance")) {
    name_instance(host, record, resource);
  } else if (is_type(resource, "AwsEcrContainerImage")) {
    name_image(host, resource);
  } else if (is_type(resource, "Container")) {
    name_container(host, resource);
  } else if (is_type(resource, "AwsLambdaFunction")) {
    name_function(host, resource);
  } else {
    host.name = host.account.empty() ? resource["Id"].line() : host.account;
  }
  host.authenticated = is_authenticated(record, resource);
  host.seen_at = time_of(record.node.first_of({"LastObservedAt", "UpdatedAt", "CreatedAt"}));
  return host;
}

// ---- vulnerabilities

AwsPackage package_of(const Node& node) {
  return {.name = node["Name"],
          .epoch = node["Epoch"],
          .version = node["Version"],
          .release = node["Release"],
          .arch = node["Architecture"],
          .manager = node["PackageManager"],
          .path = node["FilePath"],
          .layer = node.first_of({"SourceLayerArn", "SourceLayerHash"}),
          .fixed_in = node["FixedInVersion"],
          .advice = node["Remediation"]};
}

void fill_code(const Node& places, Finding& finding) {
  for (const Node place : places.items()) {
    add_cwes(finding, place["Cwes"]);
    const Node file = place["FilePath"];
    const std::string path = file.first_of({"FilePath", "FileName"}).line();
    if (finding.location.path.empty()) finding.location.path = path;
    add_evidence(finding,
                 path + " lines " + file["StartLine"].line(20) + " to " + file["EndLine"].line(20));
  }
}

// Several vulnerabilities in one finding: the worst counts.
void fill_threat(const Node& vulnerability, Finding& finding) {
  const auto score = fraction_of(vulnerability["EpssScore"]);
  if (score && (!finding.epss || finding.epss->score < *score)) finding.epss = Epss{*score};
  const Node exploit = vulnerability["ExploitAvailable"];
  if (exploit.is("YES")) finding.exploit = "poc";
  if (exploit.is("NO") && finding.exploit.empty()) finding.exploit = "none";
  if (const auto time = time_of(vulnerability["LastKnownExploitAt"])) {
    finding.exploit = "poc";
    add_text(finding.exploit_refs, "last-known:" + to_rfc3339(*time));
  }
}

void fill_vendor(const Node& vendor, Finding& finding) {
  add_refs(finding, vendor["Url"]);
  if (!finding.published_at) finding.published_at = time_of(vendor["VendorCreatedAt"]);
  if (const std::string word = vendor["VendorSeverity"].line(100); !word.empty()) {
    add_evidence(finding, "severity by " + vendor["Name"].line(100) + ": " + word);
  }
}

void fill_vulnerability(const Node& vulnerability, Finding& finding) {
  for (const Node package : vulnerability["VulnerablePackages"].items()) {
    add_package(finding, package_of(package));
  }
  fill_code(vulnerability["CodeVulnerabilities"], finding);
  for (const Node cvss : vulnerability["Cvss"].items()) {
    add_cvss(finding,
             cvss["BaseVector"],
             cvss["BaseScore"],
             cvss["Source"].line(64),
             cvss["Version"].line(16));
  }
  fill_vendor(vulnerability["Vendor"], finding);
  fill_threat(vulnerability, finding);
  add_refs(finding, vulnerability["ReferenceUrls"]);
  put_fix_available(finding, vulnerability["FixAvailable"]);
}

// Trivy's template has no Vulnerabilities, but details of its own.
std::vector<Node> trivy_details(const Record& record) {
  std::vector<Node> details;
  for (const Node resource : record["Resources"].items()) {
    const Node other = resource["Details"]["Other"];
    if (other && is_of(record, "Trivy")) details.push_back(other);
  }
  return details;
}

void fill_trivy(const Node& other, Finding& finding) {
  finding.location.package = other["PkgName"].line();
  finding.location.installed = other["Installed Package"].line();
  add_fix_versions(finding, other["Patched Package"]);
  add_cvss(finding, other["NvdCvssVectorV3"], other["NvdCvssScoreV3"], "nvd", "3");
  add_cvss(finding, other["NvdCvssVectorV2"], other["NvdCvssScoreV2"], "nvd", "2.0");
  finding.location.path = other["Filename"].line();
  if (other["StartLine"]) add_evidence(finding, "line " + other["StartLine"].line(20));
  if (other["Message"]) add_evidence(finding, other["Message"].text());
}

// ---- what kind of finding, and which

bool has_type(const Record& record, std::string_view part) {
  const Node types = record["Types"] ? record["Types"] : record["FindingProviderFields"]["Types"];
  bool found = false;
  for (const Node type : types.items()) {
    found = found || to_lower(type.line(200)).find(part) != std::string::npos;
  }
  return found;
}

Kind kind_of(const Record& record, const Finding& finding) {
  if (!finding.vuln_ids.empty()) return Kind::vulnerability;
  if (record["Compliance"]["Status"]) return Kind::compliance;
  if (has_type(record, "sensitive data")) return Kind::secret;
  if (has_type(record, "network reachability")) return Kind::exposure;
  if (has_type(record, "checks/vulnerabilities")) return Kind::vulnerability;
  // A threat that was noticed, by GuardDuty for one: somebody may be at the machine already.
  const bool noticed = has_type(record, "ttps/") || has_type(record, "effects/") ||
                       has_type(record, "unusual behaviors/");
  return noticed ? Kind::exposure : Kind::misconfiguration;
}

// "CVE-2026-1000 - openssl": findings without Vulnerabilities say it in the title only.
std::string cve_in(std::string_view title) {
  const auto begin = title.find("CVE-");
  if (begin == std::string_view::npos) return {};
  auto end = begin + 4;
  while (end < title.size() &&
         (std::isdigit(static_cast<unsigned char>(title[end])) != 0 || title[end] == '-'))
    ++end;
  return end - begin >= 13 ? std::string(title.substr(begin, end - begin)) : std::string();
}

std::string control_of(const Record& record) {
  const Node fields = record["ProductFields"];
  for (const Node& id :
       {record["Compliance"]["SecurityControlId"], fields["ControlId"], fields["RuleId"]}) {
    if (std::string text = id.line(200); !text.empty()) return text;
  }
  return {};
}

// "arn:aws:securityhub:us-east-2:123456789012:ruleset/..." without account and region.
std::string without_account(const std::string& arn) {
  if (!arn.starts_with("arn:")) return arn;
  std::size_t at = 0;
  for (int colon = 0; colon < 5; ++colon) {
    at = arn.find(':', at);
    if (at == std::string::npos) return arn;
    ++at;
  }
  return arn.substr(at);
}

// The rule that fired. The Id of a finding is another one on another machine, or the same one for
// several packages; some products call every rule by their own name, GuardDuty by its detector.
std::string rule_of(const Record& record) {
  const std::string generator = record["GeneratorId"].line();
  if (generator.find(":detector/") != std::string::npos) {
    for (const Node type : record["Types"].items()) return type.line();
  }
  if (generator.find_first_of("/-.:") != std::string::npos) return without_account(generator);
  const std::string title = record["Title"].line();
  return title.empty() ? generator : title;
}

std::string native_id_of(const Record& record, const Finding& finding) {
  if (!finding.vuln_ids.empty()) return finding.vuln_ids.front();
  std::string id = control_of(record);
  if (id.empty()) id = rule_of(record);
  return id.empty() ? record["Id"].line() : id;
}

void name_vulnerabilities(const Record& record, Finding& finding) {
  for (const Node vulnerability : record["Vulnerabilities"].items()) {
    add_ids(finding.vuln_ids, vulnerability["Id"]);
    add_ids(finding.vuln_ids, vulnerability["RelatedVulnerabilities"]);
  }
  for (const Node& other : trivy_details(record)) {
    add_ids(finding.vuln_ids, other["CVE ID"]);
    if (std::string title = other["CVE Title"].line(500); !title.empty()) finding.title = title;
  }
  const bool none_listed = finding.vuln_ids.empty() && !record["Compliance"]["Status"];
  if (none_listed) add_text(finding.vuln_ids, cve_in(finding.title));
}

void fill_name(const Record& record, Finding& finding) {
  finding.title = record["Title"].line(500);
  name_vulnerabilities(record, finding);
  finding.native_id = native_id_of(record, finding);
  if (finding.title.empty()) finding.title = finding.native_id;
}

// ---- compliance

// "arn:aws:securityhub:::standards/cis-aws-foundations-benchmark/v/1.4.0" without the version.
std::string benchmark_of(const Record& record) {
  const Node fields = record["ProductFields"];
  std::string arn = fields.first_of({"StandardsArn", "StandardsGuideArn"}).line();
  if (arn.empty()) {
    for (const Node standard : record["Compliance"]["AssociatedStandards"].items()) {
      arn = standard["StandardsId"].line();
      if (!arn.empty()) break;
    }
  }
  std::string_view name = arn;
  for (std::string_view before : {"standards/", "ruleset/"}) {
    if (const auto at = name.find(before); at != std::string_view::npos) {
      name.remove_prefix(at + before.size());
    }
  }
  return std::string(name.substr(0, name.find("/v/")));
}

// Not available: either the rule does not apply, or nobody could tell.
CheckResult result_of(const Record& record) {
  const Node status = record["Compliance"]["Status"];
  if (status.is("PASSED")) return CheckResult::passed;
  if (status.is("FAILED")) return CheckResult::failed;
  if (status.is("WARNING")) return CheckResult::warning;
  for (const Node reason : record["Compliance"]["StatusReasons"].items()) {
    if (to_lower(reason["ReasonCode"].line(100)).find("not_applicable") != std::string::npos) {
      return CheckResult::skipped;
    }
  }
  return CheckResult::error;
}

void fill_result(const Record& record, Finding& finding) {
  if (!finding.vuln_ids.empty() || !record["Compliance"]["Status"]) return;
  finding.check_result = result_of(record);
  finding.location.check = finding.title;
  if (finding.check_result == CheckResult::passed || finding.check_result == CheckResult::skipped) {
    finding.severity = Severity::info;
    finding.severity_source = "result";
  }
  if (finding.check_result == CheckResult::error) {
    finding.severity = Severity::unknown;
    finding.severity_source = "result";
  }
}

void fill_compliance(const Record& record, Finding& finding) {
  finding.location.check_id = control_of(record);
  finding.location.benchmark = benchmark_of(record);
  finding.check_list = finding.location.benchmark;
  if (finding.check_list.empty()) finding.check_list = product_of(record);
  add_ids(finding.xrefs, record["Compliance"]["RelatedRequirements"]);
  for (const Node reason : record["Compliance"]["StatusReasons"].items()) {
    add_evidence(finding, reason["ReasonCode"].line(100) + ": " + reason["Description"].line(2000));
  }
}

// ---- all findings

// Security Hub's own bands of its number from 0 to 100.
Severity severity_of_normalized(double score) {
  if (score >= 90) return Severity::critical;
  if (score >= 70) return Severity::high;
  if (score >= 40) return Severity::medium;
  return score >= 1 ? Severity::low : Severity::info;
}

void fill_severity(const Record& record, Finding& finding) {
  const Node own = record["Severity"];
  const Node given = record["FindingProviderFields"]["Severity"];
  finding.severity_source = "severity";
  for (const Node& word : {own["Label"], given["Label"]}) {
    if (!word.line(64).empty()) {
      finding.severity = severity_of_word(word);
      return;
    }
  }
  for (const Node& number : {own["Normalized"], given["Normalized"]}) {
    if (const auto score = number.number()) {
      finding.severity = severity_of_normalized(*score);
      finding.severity_source = "normalized";
      return;
    }
  }
}

Status status_of(const Record& record) {
  const Node workflow = record["Workflow"]["Status"];
  const Node state = record["RecordState"];
  if (state.is("ARCHIVED") || workflow.is("RESOLVED")) return Status::fixed;
  if (workflow.is("SUPPRESSED")) return Status::unknown;
  return state.is("ACTIVE") ? Status::open : Status::unknown;
}

std::string words_of(const Record& record) {
  std::vector<std::string> words;
  const Node state = record["RecordState"];
  const Node workflow = record["Workflow"]["Status"];
  const Node verified = record["VerificationState"];
  if (state.is("ARCHIVED") || workflow.line(64).empty()) add_text(words, state.line(64));
  add_text(words, workflow.line(64));
  if (!verified.is("UNKNOWN")) add_text(words, verified.line(64));
  std::string whole;
  for (const std::string& word : words) whole += (whole.empty() ? "" : ", ") + word;
  return whole;
}

// A check that passed is no weakness, so none that was repaired.
void fill_status(const Record& record, Finding& finding) {
  const bool passed =
      finding.check_result == CheckResult::passed || finding.check_result == CheckResult::skipped;
  if (!passed) finding.status = status_of(record);
}

void fill_state(const Record& record, Finding& finding) {
  finding.source_status = words_of(record);
  finding.first_seen = time_of(record.node.first_of({"FirstObservedAt", "CreatedAt"}));
  finding.last_seen = time_of(record.node.first_of({"LastObservedAt", "UpdatedAt"}));
}

void fill_network(const Record& record, Finding& finding) {
  const Node network = record["Network"];
  const Node begin = network["OpenPortRange"]["Begin"];
  const auto port = (begin ? begin : network["DestinationPort"]).number();
  if (port && *port >= 0 && *port <= 65535) finding.location.port = static_cast<int>(*port);
  finding.location.protocol = to_lower(network["Protocol"].line(20));
  if (begin) {
    add_evidence(
        finding,
        "open ports " + begin.line(20) + " to " + network["OpenPortRange"]["End"].line(20));
  }
}

// Where the place is the whole account, products other than those of AWS tell findings apart by
// ids that say what was found.
std::string place_of(const Record& record, const Node& resource) {
  const std::string id = record["Id"].line();
  const bool account =
      is_type(resource, "AwsAccount") || resource["Id"].raw().starts_with("AWS::::");
  return account && !id.empty() && !id.starts_with("arn:") ? id : resource["Id"].line();
}

// The finding is about all of them; only one can be its host.
void list_resources(const Record& record, Finding& finding) {
  const Node chosen = resource_of(record);
  if (is_place(chosen) && finding.location.path.empty()) {
    finding.location.path = place_of(record, chosen);
  }
  for (const Node resource : record["Resources"].items()) {
    add_evidence(finding, resource["Type"].line(100) + " " + resource["Id"].line(500));
  }
}

void fill_texts(const Record& record, Finding& finding) {
  finding.description = record["Description"].text();
  const Node advice = record["Remediation"]["Recommendation"];
  add_advice(finding, advice["Text"]);
  add_refs(finding, advice["Url"]);
  add_refs(finding, record["SourceUrl"]);
  const Node fields = record["ProductFields"];
  for (const Node& note : {fields["aws/securityhub/annotation"], record["Note"]["Text"]}) {
    const std::string text = note.line(2000);
    if (finding.evidence.find(text) == std::string::npos) add_evidence(finding, text);
  }
  const Node version = fields.first_of({"ProviderVersion", "aws/inspector/ProductVersion"});
  finding.source_version = product_of(record);
  if (version) finding.source_version += " " + version.line(64);
}

void fill_vulnerabilities(const Record& record, Finding& finding) {
  for (const Node vulnerability : record["Vulnerabilities"].items()) {
    fill_vulnerability(vulnerability, finding);
  }
  for (const Node& other : trivy_details(record)) fill_trivy(other, finding);
  put_fix_available(finding, {});
}

class AsffReader : public RecordReader {
 public:
  ScannedHost host(const Record& record) override { return host_of(record); }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    fill_severity(record, finding);
    fill_name(record, finding);
    fill_result(record, finding);
    fill_status(record, finding);
    return true;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    fill_vulnerabilities(record, finding);
    finding.kind = kind_of(record, finding);
    if (finding.kind == Kind::compliance) fill_compliance(record, finding);
    fill_network(record, finding);
    fill_state(record, finding);
    list_resources(record, finding);
    fill_texts(record, finding);
  }

  // Pages may follow each other in one file: then only the last may not promise another.
  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    std::erase(facts.problems, more_pages);
    if (!context[next_page].line(16).empty()) facts.problems.emplace_back(more_pages);
    return {};
  }
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<AsffReader>(); }

constexpr std::array<std::string_view, 4> marks{"/Findings/*/ProductArn",
                                                "/findings/*/ProductArn",
                                                "/detail/findings/*/ProductArn",
                                                "/Findings=[]"};
constexpr std::array<std::string_view, 1> list_marks{"/*/ProductArn"};
constexpr std::array<std::string_view, 1> line_marks{"/ProductArn"};
constexpr std::array<RecordPath, 3> records{
    {{0, "/Findings/*"}, {0, "/findings/*"}, {0, "/detail/findings/*"}}};
constexpr std::array<RecordPath, 1> list_records{{{0, "/*"}}};
constexpr std::array<RecordPath, 1> line_records{{{0, ""}}};
constexpr std::array<ContextPath, 2> contexts{
    {{next_page, "/NextToken"}, {next_page, "/nextToken"}}};

constexpr RecordFormat make_format(std::span<const std::string_view> its_marks,
                                   std::span<const RecordPath> its_records,
                                   std::span<const ContextPath> its_contexts = {}) {
  return {"asff",
          "AWS Security Hub (ASFF)",
          "securityhub",
          its_marks,
          walk_json,
          its_records,
          its_contexts,
          make_reader};
}

}  // namespace

const RecordFormat asff = make_format(marks, records, contexts);
const RecordFormat asff_list = make_format(list_marks, list_records);
const RecordFormat asff_lines = make_format(line_marks, line_records);

}  // namespace patchbot
