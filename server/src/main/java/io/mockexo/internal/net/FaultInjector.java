package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.mockexo.fault.Stage;
import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.netty.channel.ChannelHandlerContext;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what the script has for one connection. */
final class FaultInjector {

  private final ConnectionFaults faults;
  private final ConnectionDropper dropper;
  private final SessionRecorder recorder;

  FaultInjector(ConnectionFaults faults, ConnectionDropper dropper, SessionRecorder recorder) {
    this.faults = faults;
    this.dropper = dropper;
    this.recorder = recorder;
  }

  /** A command has come that brings the connection to {@code stage}. */
  void commandReceived(Stage stage) {
    if (stage == Stage.EHLO || stage == Stage.EHLO_AFTER_TLS) {
      faults.saidHello();
    } else if (stage == Stage.MAIL) {
      faults.nextMessage();
    }
  }

  /** After how many bytes of the present message something happens next, beyond {@code bytes}. */
  @Nullable Long nextInBody(long bytes) {
    return faults.nextBodyFault(bytes);
  }

  /**
   * The connection comes to {@code stage}. Runs {@code goOn} at once if nothing happens there,
   * later after a delay, and never if an effect ends the stage.
   */
  void pass(Stage stage, ChannelHandlerContext ctx, Site site, Runnable goOn) {
    meet(faults.at(stage), ctx, site, goOn);
  }

  /** The same for {@link Stage#BODY}. */
  void passBody(long bytes, ChannelHandlerContext ctx, Site site, Runnable goOn) {
    meet(faults.at(Stage.BODY, bytes), ctx, site, goOn);
  }

  /** What was sent before the stage has to be gone before anything happens at it. */
  private void meet(
      List<LiveScript.Entry> met, ChannelHandlerContext ctx, Site site, Runnable goOn) {
    if (met.isEmpty()) {
      goOn.run();
    } else if (ConnectionPipeline.isDripping(ctx.pipeline())) {
      site.hold();
      ConnectionPipeline.whenDripped(
          ctx.pipeline(),
          () -> {
            if (!dropper.hasLetGo()) {
              carryOut(met.iterator(), ctx, site, goOn);
            }
          });
    } else {
      carryOut(met.iterator(), ctx, site, goOn);
    }
  }

  private void carryOut(
      Iterator<LiveScript.Entry> met, ChannelHandlerContext ctx, Site site, Runnable goOn) {
    while (met.hasNext()) {
      LiveScript.Entry entry = met.next();
      faults.fired(entry);
      recorder.add(new FaultInjected(recorder.now(), entry.scripted()));
      Effect effect = entry.scripted().fault().effect();
      if (effect instanceof Effect.Delay delay) {
        site.hold();
        dropper.pause(
            ctx, delay.time(), () -> carryOut(met, ctx, site, goOn), () -> dropper.finish(ctx));
        return;
      } else if (effect instanceof Effect.Drip drip) {
        ConnectionPipeline.insertDrip(ctx.pipeline(), drip);
      } else {
        end(effect, ctx, site);
        return;
      }
    }
    goOn.run();
  }

  private void end(Effect effect, ChannelHandlerContext ctx, Site site) {
    if (effect instanceof Effect.Close) {
      dropper.finish(ctx);
    } else if (effect instanceof Effect.Reset) {
      dropper.reset(ctx);
    } else if (effect instanceof Effect.Stall) {
      dropper.stall(ctx);
    } else if (effect instanceof Effect.StopReading) {
      dropper.stopReading(ctx);
    } else if (effect instanceof Effect.Garbage garbage) {
      site.garbage(garbage);
    } else if (effect instanceof Effect.Answer answer) {
      site.reply(answer);
    } else if (effect instanceof Effect.Alert alert) {
      site.alert(alert.description());
    }
  }
}
