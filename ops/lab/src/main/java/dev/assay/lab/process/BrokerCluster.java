package dev.assay.lab.process;

import dev.assay.cli.broker.WorkFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** One broker, or three that copy each other, each a child process with a data folder and ports that outlive it. */
public final class BrokerCluster implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    /** Below what Linux gives to outgoing connections: the port of a broker that is down must stay free. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private final Children children;
    private final Path folder;
    private final List<Integer> ports;
    private final TreeMap<Integer, Integer> controllers = new TreeMap<>();
    private final String id = Uuid.randomUuid().toString();
    private final Network network;
    private final List<Disk> disks = new ArrayList<>();
    private final List<ChildJvm> brokers = new ArrayList<>();
    private final Set<Integer> killed = new HashSet<>();

    /**
     * @param slots how many estimators have a network between them and the brokers
     * @param disks whether each broker's data is on a file system of its own
     */
    public BrokerCluster(Children children, Path folder, int count, int slots, boolean disks) throws IOException {
        this.children = children;
        this.folder = folder;
        List<Integer> free = freePorts((2 + slots) * count);
        ports = free.subList(0, count);
        for (int node = 1; node <= count; node++) {
            controllers.put(node, free.get(count + node - 1));
        }
        network = new Network(IntStream.range(0, slots)
                .mapToObj(slot -> free.subList((2 + slot) * count, (3 + slot) * count))
                .toList());
        for (int broker = 0; broker < count; broker++) {
            if (disks) {
                this.disks.add(new Disk(data(broker + 1)));
            }
            brokers.add(launch(broker));
        }
    }

    public int size() {
        return brokers.size();
    }

    public String bootstrapServers() {
        return ports.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
    }

    public Network network() {
        return network;
    }

    public void kill(int broker) {
        killed.add(broker);
        brokers.get(broker).kill();
    }

    public void restart(int broker) {
        killed.remove(broker);
        if (!brokers.get(broker).alive()) {
            brokers.set(broker, launch(broker));
        }
    }

    /** This one and the next. */
    public void killTwo(int broker) {
        kill(broker);
        kill((broker + 1) % size());
    }

    public void restartTwo(int broker) {
        restart(broker);
        restart((broker + 1) % size());
    }

    public void fillDisk(int broker) throws IOException {
        disks.get(broker).fill();
    }

    public void emptyDisk(int broker) throws IOException {
        disks.get(broker).empty();
    }

    /** Starts again what ended by itself, as a supervisor would; where the disk is full it would be in vain. */
    public void supervise() {
        for (int broker = 0; broker < size(); broker++) {
            boolean full = !disks.isEmpty() && disks.get(broker).full();
            if (!full && !killed.contains(broker)) {
                restart(broker);
            }
        }
    }

    public void pause(int broker) {
        brokers.get(broker).pause();
    }

    public void resume(int broker) {
        brokers.get(broker).resume();
    }

    /** @return how many had died without having been killed, and are up again */
    public int heal() {
        network.mend();
        int dead = 0;
        for (int broker = 0; broker < size(); broker++) {
            resume(broker);
            if (!brokers.get(broker).alive()) {
                dead++;
                restart(broker);
            }
        }
        return dead;
    }

    /** @throws TimeoutException if not all brokers have joined in time */
    public void await(Duration patience) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000))) {
            while (joined(admin) < size()) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("of " + size() + " brokers only " + joined(admin) + " joined within "
                            + patience.toSeconds() + " s; their logs are in " + folder);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
    }

    /** Kills the brokers; their data stay in the folder. */
    @Override
    public void close() throws IOException {
        brokers.forEach(ChildJvm::kill);
        network.close();
        for (Disk disk : disks) {
            disk.close();
        }
    }

    /** Deletes the topics from the disk; the brokers must be gone. */
    public void delete() throws IOException {
        for (int node = 1; node <= size(); node++) {
            new WorkFolder(data(node)).close();
        }
    }

    private Path data(int node) {
        return folder.resolve("broker-" + node);
    }

    private static int joined(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
            return 0; // None answers yet.
        }
    }

    private ChildJvm launch(int broker) {
        int node = broker + 1;
        List<String> arguments = new ArrayList<>(List.of(
                "broker",
                "--port",
                ports.get(broker).toString(),
                "--data",
                data(node).toString(),
                "--node",
                Integer.toString(node),
                "--controllers",
                controllers.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(",")),
                "--cluster",
                id));
        settings(broker).forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return children.start("broker " + node, folder.resolve("broker-" + node + ".log"), OPTIONS, arguments);
    }

    /** Quick to notice who is gone, and small; an acknowledged record is on two brokers of three. */
    private Map<String, String> settings(int broker) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("controller.quorum.election.timeout.ms", "500");
        settings.put("controller.quorum.fetch.timeout.ms", "1000");
        settings.put("replica.lag.time.max.ms", "5000");
        settings.put("controlled.shutdown.enable", "false");
        settings.put("min.insync.replicas", controllers.size() > 1 ? "2" : "1");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("log.cleaner.backoff.ms", "500");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.index.size.max.bytes", "1048576");
        settings.putAll(
                network.listeners(broker, ports.get(broker), Objects.requireNonNull(controllers.get(broker + 1))));
        return settings;
    }

    private static List<Integer> freePorts(int count) {
        Set<Integer> found = new HashSet<>();
        SplittableRandom random = new SplittableRandom(ProcessHandle.current().pid());
        IntStream candidates = random.ints(FIRST_PORT, LAST_PORT).limit(10_000);
        candidates
                .filter(BrokerCluster::isFree)
                .takeWhile(port -> found.size() < count)
                .forEach(found::add);
        if (found.size() < count) {
            throw new IllegalStateException("no " + count + " free ports from " + FIRST_PORT + " to " + LAST_PORT);
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
