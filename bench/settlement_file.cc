#include "bench/settlement_file.h"

#include <cstdlib>
#include <fstream>
#include <system_error>

#include "bench/errors.h"
#include "simulators/amazon/settlement_generator.h"

namespace mlc::bench {
namespace {

constexpr std::size_t kDescription = 13;     // 0-based column of the layout V2
constexpr std::uint32_t kPlainClasses = 57;  // about as many does the simulator have by itself

// Puts a number behind the amount-description of each line, changing from line to line.
class Numberer {
 public:
  explicit Numberer(std::uint32_t classes) : numbers_(classes / kPlainClasses) {}

  void number(std::string_view line, std::string& out) {
    std::size_t at = 0;
    for (std::size_t column = 0; column <= kDescription; ++column) at = line.find('\t', at) + 1;
    const bool detail = line_++ > 1;
    out = line.substr(0, at - 1);
    // A step without a common divisor visits all numbers in an order that no cache foresees.
    constexpr std::uint64_t kStep = 7919;
    if (detail) out += " " + std::to_string(line_ * kStep % numbers_);
    out += line.substr(at - 1);
  }

 private:
  std::uint64_t numbers_;
  std::uint64_t line_ = 0;
};

std::filesystem::path new_folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "mlc-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return {};
  return pattern;
}

}  // namespace

Result<std::uint64_t> write_settlement_file(const SettlementShape& shape,
                                            const std::filesystem::path& file) {
  simulators::amazon::SettlementSeries series;
  series.seed = shape.seed;
  series.anchor = *parse_date("2026-10-01");
  series.rows = shape.rows;
  series.market = shape.market;
  std::ofstream out(file, std::ios::binary);
  Numberer numberer(shape.classes);
  std::string numbered;
  std::uint64_t bytes = 0;
  simulators::amazon::write_settlement(series, 0, 0, [&](std::string_view line) {
    if (shape.classes > 0) {
      numberer.number(line, numbered);
      line = numbered;
    }
    out.write(line.data(), static_cast<std::streamsize>(line.size()));
    bytes += line.size();
  });
  out.close();
  if (!out) return failure(kFileFailed, {{"file", file.string()}, {"operation", "written"}});
  return bytes;
}

TemporaryFolder::TemporaryFolder() : path_(new_folder()) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what stays is in the machine's folder for temporary files
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace mlc::bench
