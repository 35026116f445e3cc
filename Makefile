# One build configuration serves everything: release, with testing enabled.
FLAGS := -c release -Xswiftc -enable-testing
BIN := .build/release
PREFIX ?= /usr/local

.PHONY: build test demo install packages format lint schemas fuzz

build: packages
	swift build $(FLAGS) --product cupel
	swift build $(FLAGS) --product cupel-sample-endpoint

# The tests also run tools from PyPI and a TLS server of their own. Three kinds run by themselves: those that wait for
# servers, processes and clocks, which busy tests beside them would keep waiting, those with real tools, which install
# and start much, and those of the statistics, which simulate for minutes on every core. All run a few at a time:
# hundreds on two cores would keep each other waiting.
WAITING := ProcessesTests|TransportTests|EndpointChecksTests|SampleEndpointTests|CommandTests|ServingTests|BaselinesTests
REAL := IntegrationTests
SIMULATING := StatisticsTests
AT_ONCE := --experimental-maximum-parallelization-width 6

test:
	@.ci/packages python3 python3-venv openssl
	@.ci/prometheus
	swift build $(FLAGS) --build-tests
	@.ci/tests $(FLAGS) --skip-build $(AT_ONCE) --skip '$(WAITING)|$(REAL)|$(SIMULATING)'
	@.ci/tests $(FLAGS) --skip-build $(AT_ONCE) --filter '$(WAITING)'
	@.ci/tests $(FLAGS) --skip-build $(AT_ONCE) --filter '$(REAL)'
	@.ci/tests $(FLAGS) --skip-build $(AT_ONCE) --filter '$(SIMULATING)'

demo: build
	@.ci/demo $(BIN)/cupel

# The binary carries the Swift runtime, so that it also runs where no toolchain is.
install: packages
	swift build $(FLAGS) --product cupel
	install -d $(DESTDIR)$(PREFIX)/bin
	install -s -m 755 $(BIN)/cupel $(DESTDIR)$(PREFIX)/bin/cupel

packages:
	@.ci/packages

# Every reader against mutations of its seeds, so many seconds each.
SECONDS ?= 600
fuzz: packages
	@Tests/Fuzzing/run $(SECONDS)

format:
	swift format --in-place --recursive Package.swift Sources Tests

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# What is made of the declarations: the schemas of the config language, and the README's table of checks.
schemas: build
	$(BIN)/cupel list --kinds --markdown | sed -i -e '/^<!-- checks -->/,/^<!-- end of checks -->/{/^<!--/!d}' \
	  -e '/^<!-- checks -->/r /dev/stdin' README.md
	$(BIN)/cupel schema config > rules/cupel.schema.json
	$(BIN)/cupel schema rules > rules/rules.schema.json
