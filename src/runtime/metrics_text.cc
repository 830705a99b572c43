#include "runtime/metrics_text.h"

#include <algorithm>

namespace mlc::runtime {
namespace {

std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || (quotes && c == '"')) out += '\\';
    out += c;
  }
  return out;
}

std::string head_of(const MetricKind& kind) {
  const std::string name(kind.name);
  return "# HELP " + name + " " + escaped(kind.help, false) + "\n# TYPE " + name + " " +
         (kind.type == MetricType::kCounter ? "counter" : "gauge") + "\n";
}

std::string line_of(const Sample& sample) {
  std::string labels;
  for (const Fact& label : sample.labels) {
    labels += (labels.empty() ? "{" : ",") + label.name + "=\"" + escaped(label.value, true) + "\"";
  }
  if (!labels.empty()) labels += "}";
  return std::string(sample.kind->name) + labels + " " + sample.value + "\n";
}

}  // namespace

std::string metrics_text(const std::vector<Sample>& samples) {
  std::vector<const MetricKind*> kinds;
  for (const Sample& sample : samples) {
    if (std::ranges::find(kinds, sample.kind) == kinds.end()) kinds.push_back(sample.kind);
  }
  std::string out;
  for (const MetricKind* kind : kinds) {
    out += head_of(*kind);
    for (const Sample& sample : samples) {
      if (sample.kind == kind) out += line_of(sample);
    }
  }
  return out;
}

}  // namespace mlc::runtime
