// SPDX-License-Identifier: Apache-2.0
#include "fake_nessus.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/text.hpp"

namespace patchbot::test {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds pending(20);
constexpr std::chrono::seconds publishing(60);
constexpr std::chrono::seconds stopping(15);

void say(httplib::Response& response, const json& body, int status = 200) {
  response.status = status;
  response.set_content(body.dump(), "application/json; charset=utf-8");
}

void refuse(httplib::Response& response, int status, const std::string& why) {
  say(response, {{"error", why}}, status);
}

std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> items;
  for (const std::string_view item : split(text, ',')) {
    if (!trim(item).empty()) items.emplace_back(trim(item));
  }
  return items;
}

json scan_template(const char* name, const char* uuid, const json& is_agent) {
  return {{"uuid", uuid},
          {"name", name},
          {"title", name},
          {"is_agent", is_agent},
          {"cloud_only", false},
          {"unsupported", false}};
}

}  // namespace

FakeNessus::FakeNessus(Flavour flavour, Clock& clock) : flavour_(flavour), clock_(clock) {
  route();
  server_.set_tcp_nodelay(true);
  port_ = server_.bind_to_any_port("127.0.0.1");
  thread_ = std::thread([this] { server_.listen_after_bind(); });
  while (!server_.is_running()) std::this_thread::yield();
}

FakeNessus::~FakeNessus() {
  server_.stop();
  thread_.join();
}

std::string FakeNessus::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void FakeNessus::next(const std::string& method, const std::string& part, Trouble trouble) {
  const std::lock_guard lock(mutex_);
  faults_.push_back({method, part, trouble});
}

void FakeNessus::chaos(unsigned seed, double chance) {
  const std::lock_guard lock(mutex_);
  random_.seed(seed);
  chance_ = chance;
}

std::size_t FakeNessus::scans() const {
  const std::lock_guard lock(mutex_);
  return scans_.size();
}
std::size_t FakeNessus::launches() const {
  const std::lock_guard lock(mutex_);
  return launches_;
}
std::size_t FakeNessus::sessions() const {
  const std::lock_guard lock(mutex_);
  return sessions_;
}
std::vector<std::string> FakeNessus::targets_of_last_run() const {
  const std::lock_guard lock(mutex_);
  const Run* last = nullptr;
  for (const auto& [id, scan] : scans_) {
    if (!scan.runs.empty() && (last == nullptr || scan.runs.back().id > last->id)) {
      last = &scan.runs.back();
    }
  }
  return last == nullptr ? std::vector<std::string>() : last->targets;
}

void FakeNessus::route() {
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
    handle(request, response);
  };
  server_.Get(".*", handler);
  server_.Post(".*", handler);
  server_.Put(".*", handler);
  server_.Delete(".*", handler);
}

void FakeNessus::handle(const httplib::Request& request, httplib::Response& response) {
  const std::lock_guard lock(mutex_);
  const std::optional<Trouble> trouble = take_trouble(request);
  constexpr auto page = "<html><body>nginx</body></html>";
  if (trouble == Trouble::refused) {
    response.status = 429;
    response.set_header("Retry-After", "30");
    return response.set_content(page, "text/html");
  }
  if (trouble == Trouble::nonsense) return response.set_content(page, "text/html");
  if (trouble == Trouble::unavailable) return refuse(response, 503, "try later");
  if (trouble == Trouble::broken) return refuse(response, 500, "internal");
  answer(request, response);
  if (trouble != Trouble::lost) return;
  // The head says more than what comes.
  response.body.clear();
  response.set_content_provider(
      4096, "application/json", [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
}

std::optional<FakeNessus::Trouble> FakeNessus::take_trouble(const httplib::Request& request) {
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (fault->method != request.method || request.path.find(fault->part) == std::string::npos)
      continue;
    const Trouble trouble = fault->trouble;
    faults_.erase(fault);
    return trouble;
  }
  if (std::uniform_real_distribution<double>(0, 1)(random_) >= chance_) return std::nullopt;
  constexpr std::array all{
      Trouble::lost, Trouble::refused, Trouble::unavailable, Trouble::broken, Trouble::nonsense};
  return all.at(std::uniform_int_distribution<std::size_t>(0, all.size() - 1)(random_));
}

bool FakeNessus::is_let_in(const httplib::Request& request) {
  const std::string keys = request.get_header_value("X-ApiKeys");
  if (!keys.empty()) {
    return keys == std::string("accessKey=") + access_key + "; secretKey=" + secret_key;
  }
  const std::string cookie = request.get_header_value("X-Cookie");
  const auto session = tokens_.find(cookie.substr(std::min<std::size_t>(cookie.size(), 6)));
  if (session == tokens_.end() || clock_.elapsed() - session->second > session_life) return false;
  session->second = clock_.elapsed();
  return true;
}

void FakeNessus::answer(const httplib::Request& request, httplib::Response& response) {
  const std::vector<std::string> path = parts_of(request.path);
  const std::string whole = request.path;
  if (whole == "/server/status") {
    const bool is_loading = clock_.elapsed() < loading;
    const json ready{{"status", "ready"}, {"code", 200}};
    return is_loading ? say(response, {{"status", "loading"}, {"progress", 50}}, 503)
                      : say(response, ready);
  }
  if (whole == "/session") return answer_session(request, response);
  if (whole == "/server/properties") {
    const bool is_professional = flavour_ == Flavour::professional;
    json body{{"nessus_type",
               is_cloud()        ? "Nessus Cloud"
               : is_professional ? "Nessus"
                                 : "Nessus Manager"},
              {"server_version", flavour_ == Flavour::nessus6 ? "6.11.2" : "10.8.3"},
              {"idle_timeout", "30"}};
    if (!is_cloud()) {
      body["license"] = {{"type", is_professional ? "professional" : "manager"},
                         {"features", {{"scan_api", !is_professional}}}};
    }
    return say(response, body);
  }
  if (!is_let_in(request)) return refuse(response, 401, "Invalid Credentials");
  if (whole == "/editor/scan/templates" || whole == "/editor/policy/templates") {
    return say(
        response,
        {{"templates",
          {scan_template("basic", "731a8e52-3ea6-a291-ec0a-d2ff0619c19d7bd788d6be818b65", nullptr),
           scan_template(
               "patch_audit", "0625147c-30fe-d79f-e54f-ce7ccd7523e9b63d84cb81c23c2f", false),
           scan_template(
               "agent_basic", "cfc46c2d-30e7-bb2b-3b92-c75da136792d080c1fffcc429cfd", true)}}});
  }
  if (whole == "/filters/scans/reports") return say(response, {{"filters", json::array()}});
  if (whole == "/policies") return say(response, {{"policies", nullptr}});
  if (whole == "/scanners") {
    return say(response,
               {{"scanners",
                 {{{"id", 1},
                   {"uuid", "00000000-0000-0000-0000-00000000000000000000000000001"},
                   {"name", "Local Scanner"},
                   {"status", "on"}}}}});
  }
  if (whole == "/folders") {
    return say(response,
               {{"folders",
                 {{{"id", 2}, {"name", "Trash"}, {"type", "trash"}},
                  {{"id", 3}, {"name", "My Scans"}, {"type", "main"}}}}});
  }
  if (whole == "/scanners/null/agent-groups" || whole == "/agent-groups") {
    return say(response, {{"groups", {{{"id", 5}, {"uuid", "aaaa-5"}, {"name", "production"}}}}});
  }
  if (whole == "/scans" && request.method == "POST") return create(request, response);
  if (whole == "/scans") {
    json scans = nullptr;
    for (const auto& [id, scan] : scans_) {
      const std::string status = scan.runs.empty() ? "empty" : status_of(scan.runs.back());
      scans.push_back({{"id", id}, {"name", scan.name}, {"status", status}, {"folder_id", 3}});
    }
    return say(response,
               {{"scans", scans}, {"folders", {{{"id", 2}, {"type", "trash"}}}}, {"timestamp", 1}});
  }
  const bool is_token = path.size() == 3 && path[0] == "tokens";
  if (is_token) {
    const auto found = exports_.find(parse_integer(path[1].substr(3)).value_or(-1));
    if (found == exports_.end()) return refuse(response, 404, "The requested file was not found");
    return answer_export(scans_.at(found->second.scan),
                         {"scans", "", "export", path[1].substr(3), path[2]},
                         request,
                         response);
  }
  const auto scan = path.size() >= 2 && path[0] == "scans"
                        ? scans_.find(parse_integer(path[1]).value_or(-1))
                        : scans_.end();
  if (scan == scans_.end()) return refuse(response, 404, "The requested file was not found");
  answer_scan(scan->second, path, request, response);
}

void FakeNessus::answer_session(const httplib::Request& request, httplib::Response& response) {
  if (request.method == "DELETE") {
    tokens_.clear();
    return;
  }
  const json body = json::parse(request.body, nullptr, false);
  if (body.value("username", "") != user || body.value("password", "") != password) {
    return refuse(response, 401, "Invalid Credentials");
  }
  const std::string token = "token" + std::to_string(++sessions_) + "0123456789abcdef";
  tokens_[token] = clock_.elapsed();
  say(response, {{"token", token}});
}

void FakeNessus::create(const httplib::Request& request, httplib::Response& response) {
  if (flavour_ == Flavour::professional) {
    // As Nessus 10 does: the head is right, and the body does not come.
    response.status = 412;
    return response.set_content_provider(
        32, "application/json", [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
  }
  const json body = json::parse(request.body, nullptr, false);
  const json settings = body.value("settings", json::object());
  if (!body.contains("uuid") || settings.value("name", "").empty()) {
    return refuse(response, 400, "Invalid 'name' field");
  }
  const long id = next_id_++;
  scans_[id] = {id, settings["name"], list_of(settings.value("text_targets", "")), {}};
  say(response,
      {{"scan",
        {{"id", id}, {"uuid", "template-" + std::to_string(id)}, {"name", settings["name"]}}}});
}

void FakeNessus::launch(Scan& scan, const httplib::Request& request, httplib::Response& response) {
  if (flavour_ == Flavour::professional) return refuse(response, 412, "API is not available");
  if (!scan.runs.empty()) {
    const std::string status = status_of(scan.runs.back());
    if (status == "running" || status == "pending") return refuse(response, 409, "already running");
  }
  const json body = json::parse(request.body, nullptr, false);
  Run run;
  run.id = next_id_++;
  run.uuid = "run-" + std::to_string(run.id);
  run.launched = clock_.elapsed();
  run.targets = scan.targets;
  if (body.contains("alt_targets"))
    run.targets = body["alt_targets"].get<std::vector<std::string>>();
  scan.runs.push_back(run);
  ++launches_;
  say(response, {{"scan_uuid", run.uuid}});
}

void FakeNessus::answer_scan(Scan& scan,
                             const std::vector<std::string>& path,
                             const httplib::Request& request,
                             httplib::Response& response) {
  const std::string action = path.size() > 2 ? path[2] : "";
  if (action.empty() && request.method == "DELETE") {
    scans_.erase(scan.id);
    return;
  }
  if (action.empty()) return say(response, details(scan, request));
  if (action == "history")
    return say(response,
               {{"history", history(scan)}, {"pagination", {{"total", scan.runs.size()}}}});
  if (action == "launch") return launch(scan, request, response);
  if (action == "stop") {
    const std::string status = scan.runs.empty() ? "empty" : status_of(scan.runs.back());
    const bool goes_on = status == "running" || status == "pending";
    if (!goes_on) return refuse(response, 409, "not running");
    scan.runs.back().stopped = clock_.elapsed();
    return;
  }
  if (action == "export") return answer_export(scan, path, request, response);
  refuse(response, 404, "The requested file was not found");
}

void FakeNessus::answer_export(Scan& scan,
                               const std::vector<std::string>& path,
                               const httplib::Request& request,
                               httplib::Response& response) {
  if (path.size() == 3) {
    const Run* const run = run_of(scan, request);
    if (run == nullptr) return refuse(response, 404, "The requested file was not found");
    const std::string status = status_of(*run);
    if (status == "running" || status == "pending" || status == "publishing") {
      return refuse(response, 409, "Can not export running scans");
    }
    const long id = next_id_++;
    exports_[id] = {scan.id, run->id, clock_.elapsed() + export_time, dead_exports > 0};
    if (dead_exports > 0) --dead_exports;
    const std::string number = std::to_string(id);
    if (is_cloud()) return say(response, {{"file", "SSE-" + number}});
    if (flavour_ == Flavour::nessus6) return say(response, {{"file", id}});
    return say(response, {{"file", id}, {"token", "tok" + number}});
  }
  const std::string name = path[3].starts_with("SSE-") ? path[3].substr(4) : path[3];
  const auto found = exports_.find(parse_integer(name).value_or(-1));
  if (found == exports_.end()) return refuse(response, 404, "The requested file was not found");
  const bool is_ready = clock_.elapsed() >= found->second.ready;
  if (path[4] == "status") {
    const bool is_dead = is_ready && found->second.is_dead;
    return say(response, {{"status", is_dead ? "error" : is_ready ? "ready" : "loading"}});
  }
  const auto run = std::find_if(scan.runs.begin(), scan.runs.end(), [&](const Run& one) {
    return one.id == found->second.run;
  });
  std::string whole = report(scan, *run);
  if (cut_downloads > 0) {
    --cut_downloads;
    whole.resize(whole.size() / 2);
  }
  response.set_content(whole, "application/octet-stream");
}

std::string FakeNessus::status_of(const Run& run) const {
  const milliseconds since = clock_.elapsed() - run.launched;
  if (run.stopped) return clock_.elapsed() - *run.stopped < stopping ? "stopping" : "canceled";
  if (aborts_after && since >= *aborts_after) return "aborted";
  if (since < pending) return "pending";
  const milliseconds end = pending + per_host * static_cast<long>(run.targets.size());
  if (since < end) return "running";
  return is_cloud() && since < end + publishing ? "publishing" : "completed";
}

std::size_t FakeNessus::done_of(const Run& run) const {
  milliseconds time = run.stopped.value_or(clock_.elapsed()) - run.launched;
  if (aborts_after) time = std::min<milliseconds>(time, *aborts_after);
  const long done = (time - pending) / per_host;
  return static_cast<std::size_t>(std::clamp(done, 0L, static_cast<long>(run.targets.size())));
}

const FakeNessus::Run* FakeNessus::run_of(const Scan& scan, const httplib::Request& request) {
  if (scan.runs.empty()) return nullptr;
  if (!request.has_param("history_id")) return &scan.runs.back();
  const std::string id = request.get_param_value("history_id");
  const auto run = std::find_if(scan.runs.begin(), scan.runs.end(), [&](const Run& one) {
    return std::to_string(one.id) == id;
  });
  return run == scan.runs.end() ? nullptr : &*run;
}

FakeNessus::json FakeNessus::details(const Scan& scan, const httplib::Request& request) const {
  const Run* const run = run_of(scan, request);
  json hosts = json::array();
  if (run != nullptr) {
    const std::size_t done = done_of(*run);
    for (std::size_t i = 0; i < run->targets.size(); ++i) {
      hosts.push_back({{"host_id", i + 1},
                       {"hostname", run->targets[i]},
                       {"scanprogresscurrent", i < done ? 100 : 0},
                       {"scanprogresstotal", 100},
                       {"critical", i < done ? 1 : 0},
                       {"high", 0},
                       {"medium", i < done ? 2 : 0},
                       {"low", 0}});
    }
  }
  json notes = nullptr;
  if (run != nullptr && status_of(*run) == "aborted") {
    notes = {{{"title", "Scan aborted"}, {"message", "the scanner went away"}, {"severity", 3}}};
  }
  return {{"info",
           {{"status", run == nullptr ? "empty" : status_of(*run)},
            {"name", scan.name},
            {"object_id", scan.id}}},
          {"hosts", hosts},
          {"notes", notes},
          {"history", history(scan)}};
}

FakeNessus::json FakeNessus::history(const Scan& scan) const {
  json runs = json::array();
  for (const Run& run : scan.runs) {
    if (is_cloud()) {
      runs.push_back({{"id", run.id},
                      {"scan_uuid", run.uuid},
                      {"status", status_of(run)},
                      {"is_archived", false}});
    } else {
      runs.push_back({{"history_id", run.id}, {"uuid", run.uuid}, {"status", status_of(run)}});
    }
  }
  return runs.empty() && !is_cloud() ? json(nullptr) : runs;
}

std::string FakeNessus::report(const Scan& scan, const Run& run) const {
  std::ostringstream xml;
  xml << "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Report name=\"" << scan.id << "\">\n";
  const std::size_t done = done_of(run);
  for (std::size_t i = 0; i < done; ++i) {
    xml << "<ReportHost name=\"" << run.targets[i] << "\"><HostProperties><tag name=\"host-ip\">"
        << run.targets[i] << "</tag></HostProperties>\n"
        << "<ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\" severity=\"0\" "
           "pluginID=\"19506\" pluginName=\"Nessus Scan Information\" pluginFamily=\"Settings\"/>\n"
        << "</ReportHost>\n";
  }
  xml << "</Report>\n</NessusClientData_v2>\n";
  return xml.str();
}

}  // namespace patchbot::test
