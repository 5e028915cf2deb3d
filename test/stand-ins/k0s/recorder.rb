# Evaluates a Vagrantfile without Vagrant and prints the machines it describes as JSON: ruby recorder.rb Vagrantfile
require 'json'

# Remembers what is assigned, and gives another one for everything else.
class Recorder
  attr_reader :set

  def initialize
    @set = {}
  end

  def method_missing(name, *args, **options)
    return @set[name.to_s.chomp('=')] = args.first if name.end_with?('=')

    value = args.empty? ? (@set[name.to_s] ||= Recorder.new) : (@set["#{name} #{args.first}"] = Recorder.new)
    value.set.merge!(options.transform_keys(&:to_s)) if value.is_a?(Recorder)
    yield value if block_given?
    value
  end

  def respond_to_missing?(*)
    true
  end

  def to_h
    @set.transform_values { |value| value.is_a?(Recorder) ? value.to_h : value }
  end
end

module Vagrant
  def self.has_plugin?(_name)
    true
  end

  def self.configure(_version)
    config = Recorder.new
    yield config
    puts JSON.generate(config.to_h)
  end
end

load ARGV[0]
